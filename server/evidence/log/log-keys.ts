/**
 * The log's key and the last head that it signed, in the key folder and never in the database: whoever
 * rewrites the database, or puts an older copy in its place, cannot make this log sign a second history.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromHex, hex } from "../../../formats/bytes.ts";
import { publicKeyOf } from "../../../formats/draw/ed25519.ts";
import { Frontier, keyType, type VerifierKey } from "../../../formats/evidence/index.ts";
import type { Random } from "../../kernel/index.ts";
import { writeDurable } from "./durable-file.ts";

export interface SignedHead {
  frontier: Frontier;
  note: string;
}

export class LogKeys {
  readonly origin: string;
  readonly secret: Uint8Array;
  readonly #folder: string;

  private constructor(folder: string, origin: string, secret: Uint8Array) {
    this.#folder = folder;
    this.origin = origin;
    this.secret = secret;
  }

  /** Makes the key at its first start. One folder serves one log. */
  static async open(folder: string, origin: string, random: Random): Promise<LogKeys> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, "evidence-log.json");
    const kept = await readJson<{ origin: string; secret: string }>(path);
    if (kept && kept.origin !== origin) throw new Error(`${path} is the key of the log ${kept.origin}`);
    const secret = kept ? fromHex(kept.secret) : random.bytes(32);
    if (!kept) await writeDurable(path, JSON.stringify({ origin, secret: hex(secret) }), 0o600);
    return new LogKeys(folder, origin, secret);
  }

  get verifierKey(): VerifierKey {
    return { name: this.origin, type: keyType.log, publicKey: publicKeyOf(this.secret) };
  }

  /** The last signed head; undefined before the first. */
  async readHead(): Promise<SignedHead | undefined> {
    const kept = await readJson<{ size: number; peaks: string; note: string }>(this.#headPath);
    return kept && { frontier: Frontier.fromBytes(kept.size, fromHex(kept.peaks)), note: kept.note };
  }

  /** Resolves when the head is on disk: only then may anybody see the note. */
  async keepHead({ frontier, note }: SignedHead): Promise<void> {
    await writeDurable(this.#headPath, JSON.stringify({ size: frontier.size, peaks: hex(frontier.bytes()), note }), 0o600);
  }

  get #headPath(): string {
    return join(this.#folder, "evidence-head.json");
  }
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
