/**
 * The encrypted folders of the sandbox wallet: one per person, AES-256-GCM under a key derived from the wallet's
 * own. It stands for tokens and phones that people would carry. Sandbox only: the wallet's key lies beside it, so
 * this keeps keys away from the platform and its database, not from the owner of the machine.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { RandomBytes } from "../../formats/exchange/index.ts";

export class Safe<T> {
  readonly #folder: string;
  readonly #master: Uint8Array;
  readonly #random: RandomBytes;

  constructor(home: string, random: RandomBytes) {
    this.#folder = join(home, "persons");
    this.#random = random;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(home, "master.key");
    if (!existsSync(path)) writeFileSync(path, random(32), { mode: 0o600, flush: true });
    this.#master = new Uint8Array(readFileSync(path));
  }

  find(person: string): T | undefined {
    const path = join(this.#folder, person, "secrets");
    if (!existsSync(path)) return undefined;
    const bytes = readFileSync(path);
    const cipher = createDecipheriv("aes-256-gcm", this.#keyOf(person), bytes.subarray(0, 12))
      .setAAD(Buffer.from(person))
      .setAuthTag(bytes.subarray(-16));
    return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString("utf8")) as T;
  }

  /** On disk when it returns: a member's secret must never be behind what the member posted. */
  put(person: string, secrets: T): void {
    const folder = join(this.#folder, person);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const nonce = this.#random(12);
    const cipher = createCipheriv("aes-256-gcm", this.#keyOf(person), nonce).setAAD(Buffer.from(person));
    const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(secrets), "utf8"), cipher.final(), cipher.getAuthTag()]);
    const file = openSync(join(folder, "secrets.new"), "w", 0o600);
    writeSync(file, sealed);
    fsyncSync(file);
    closeSync(file);
    renameSync(join(folder, "secrets.new"), join(folder, "secrets"));
  }

  persons(): string[] {
    return readdirSync(this.#folder).sort();
  }

  #keyOf(person: string): Uint8Array {
    return new Uint8Array(hkdfSync("sha256", this.#master, person, "egret sandbox wallet", 32));
  }
}
