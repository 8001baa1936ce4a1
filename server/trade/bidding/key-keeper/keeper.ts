/**
 * The key keeper holds, per lot, the header key pair and the tag key, in a folder of its own (0700)
 * outside the database. It answers one party at a time, opens a party's own acts for that party
 * only, and hands the header secret out only on a statement, signed by the platform's receipt key,
 * that the deadline of the lot is recorded and past. Every answer about an opening is journalled.
 */

import { createHmac } from "node:crypto";
import { appendFile, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { p256 } from "@noble/curves/nist.js";
import { verifyP256 } from "../../../../formats/act.ts";
import { concat, fromHex, fromUtf8, hex, lp } from "../../../../formats/bytes.ts";
import { partyId, type Random } from "../../../kernel/index.ts";
import { type DeadlineStatement, type KeyKeeper, openCiphertext, type SealedPayload } from "../../transaction/index.ts";

export interface KeeperOptions {
  folder: string;
  /** The platform's receipt key: only it may say that a deadline is recorded. */
  receiptKey: string;
  random: Random;
  /** Trade time as the keeper sees it; a statement about a deadline that is not past is refused. */
  now: () => number;
}

interface LotKeys {
  header: string;
  tag: string;
  opened: boolean;
}

/** The keeper says no: not yours, not yet, not known. */
export class KeeperRefusal extends Error {}

/** The bytes of a deadline statement that the platform signs. */
export function deadlineMessage({ lotId, deadline, position }: Omit<DeadlineStatement, "sig">): Uint8Array {
  return concat("egret/v1 deadline recorded\n", lp(lotId), lp(deadline), lp(String(position)));
}

export class Keeper implements KeyKeeper {
  readonly #options: KeeperOptions;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  async createLot(lotId: string): Promise<string> {
    const known = await this.#find(lotId);
    if (known) return hex(p256.getPublicKey(fromHex(known.header), true));
    const header = p256.utils.randomSecretKey(this.#options.random.bytes(48) as Uint8Array<ArrayBuffer>);
    await this.#write(lotId, { header: hex(header), tag: hex(this.#options.random.bytes(32)), opened: false });
    return hex(p256.getPublicKey(header, true));
  }

  async tagOf(lotId: string, organisation: string): Promise<{ tag: string; partyId: string }> {
    const { tag } = await this.#get(lotId);
    const mac = createHmac("sha256", fromHex(tag)).update(`tag\n${organisation}`).digest("hex");
    return { tag: mac, partyId: partyId(fromHex(tag), organisation as `org_${string}`) };
  }

  async openOwn(lotId: string, organisation: string, ciphertexts: readonly Uint8Array[]): Promise<Uint8Array[]> {
    const { header } = await this.#get(lotId);
    return ciphertexts.map((ciphertext) => {
      const plaintext = openCiphertext(ciphertext, fromHex(header));
      const payload = JSON.parse(fromUtf8(plaintext)) as SealedPayload;
      if (payload.organisation !== organisation) throw new KeeperRefusal("this act belongs to another party");
      return plaintext;
    });
  }

  async openLot(statement: DeadlineStatement): Promise<Uint8Array> {
    const keys = await this.#get(statement.lotId);
    if (!verifyP256(deadlineMessage(statement), statement.sig, this.#options.receiptKey))
      throw new KeeperRefusal("the statement is not signed by the platform");
    if (!(Date.parse(statement.deadline) <= this.#options.now())) throw new KeeperRefusal("the deadline is not past");
    await appendFile(join(this.#options.folder, "journal.jsonl"), `${JSON.stringify({ opened: statement })}\n`, {
      mode: 0o600,
      flush: true,
    });
    if (!keys.opened) await this.#write(statement.lotId, { ...keys, opened: true });
    return fromHex(keys.header);
  }

  async #get(lotId: string): Promise<LotKeys> {
    const keys = await this.#find(lotId);
    if (!keys) throw new KeeperRefusal(`no keys are kept for ${lotId}`);
    return keys;
  }

  async #find(lotId: string): Promise<LotKeys | undefined> {
    const text = await readFile(this.#path(lotId), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return undefined;
    });
    return text === undefined ? undefined : (JSON.parse(text) as LotKeys);
  }

  async #write(lotId: string, keys: LotKeys): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
    const path = this.#path(lotId);
    await writeFile(`${path}.new`, JSON.stringify(keys), { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
    // Bids will be sealed to these keys: their name in the folder has to outlive a power cut too.
    const folder = await open(this.#options.folder, "r");
    await folder.sync().finally(() => folder.close());
  }

  #path(lotId: string): string {
    if (!/^lot_[0-9A-Z]{26}$/.test(lotId)) throw new KeeperRefusal("not a lot id");
    return join(this.#options.folder, `${lotId}.json`);
  }
}
