/** What the house hands to every decision besides the law: keys, files, the key keeper. All of it is an interface. */
import type { SuiteId } from "../../../formats/seal/index.ts";
import type { Random } from "../../kernel/index.ts";
import type { Procedure } from "./procedure.ts";

/** The platform's own keys (decisions §3). Secrets stay behind these functions. */
export interface PlatformKeys {
  /** P-256, compressed, hex33: receipts, freeze, keysFrozen, package manifest. */
  readonly receiptKey: string;
  sign(message: Uint8Array): string;
  /** The key on the curve of a suite, and its signature: in a lot of suite 2 receipts and freezes are signed with SM2. */
  suiteKey(suite: SuiteId): string;
  /** The same message gives the same signature, so that a receipt can be made again. */
  signFor(suite: SuiteId, message: Uint8Array): string;
  /** Ed25519, hex32: the platform's contribution to draws. */
  readonly vrfKey: string;
  proveVrf(alpha: Uint8Array): string;
}

/** The key keeper is a process of its own; it can open nothing before a deadline is recorded. */
export interface KeyKeeper {
  /** Makes the lot's header key and tag key. @returns the public header key, hex33. */
  createLot(lotId: string): Promise<string>;
  /** One party at a time: its opaque tag (hex32) and its party id. */
  tagOf(lotId: string, organisation: string): Promise<{ tag: string; partyId: string }>;
  /** Opens sealed acts that belong to one party of the lot, for that party only. */
  openOwn(lotId: string, organisation: string, ciphertexts: readonly Uint8Array[]): Promise<Uint8Array[]>;
  /** Hands out the header secret, only for a lot whose deadline is recorded. */
  openLot(statement: DeadlineStatement): Promise<Uint8Array>;
}

/** "The deadline of this lot is recorded", signed by the platform receipt key. */
export interface DeadlineStatement {
  lotId: string;
  deadline: string;
  position: number;
  sig: string;
}

/** Content-addressed files: encrypted chunks, public documents, papers. */
export interface FileStore {
  /** Whole or not at all; bytes beyond `limit` or of another digest than `sha256` are not kept. */
  put(
    name: string,
    bytes: AsyncIterable<Uint8Array> | Uint8Array,
    wish?: { limit?: number; sha256?: string },
  ): Promise<{ sha256: string; size: number }>;
  get(name: string): Promise<Uint8Array | undefined>;
  stream(name: string): AsyncIterable<Uint8Array>;
  sizeOf(name: string): Promise<number | undefined>;
}

export interface Platform {
  readonly sandbox: boolean;
  readonly random: Random;
  readonly keys: PlatformKeys;
  readonly keeper: KeyKeeper;
  readonly files: FileStore;
  procedure(id: string): Procedure;
}
