/**
 * The submission itself (header, root, pieces, signature) is larger than a sealed act may be. It lies in
 * the file store under a name of chance, encrypted under a key that only the sealed act holds, padded to
 * a power of two: it looks like one more uploaded piece and tells neither lot nor party nor size.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import type { ActSignature } from "../../../formats/act-signature.ts";
import { concat, fromHex, fromUtf8, hex, u32 } from "../../../formats/bytes.ts";
import { jcs } from "../../../formats/jcs.ts";
import type { SealSubmission } from "../../../formats/seal/index.ts";
import type { Random } from "../../kernel/index.ts";
import type { ActContext, FileStore } from "../transaction/index.ts";
import type { SubmissionPlace } from "./bid.ts";

const smallest = 8192;
const tagBytes = 16;
/** The key is used once. */
const nonce = new Uint8Array(12);

/** The act with which a bid was handed in, but for its data, which is the submission: enough to prove who willed it. */
export interface SubmittingAct {
  commandId: string;
  membership: string;
  lotId: string;
  nonce?: string;
  key: string;
  sig: ActSignature;
}

export type StoredSubmission = SealSubmission & { act: SubmittingAct };

export function submittingAct({ cause, commandId, nonce, lot }: ActContext): SubmittingAct {
  if (!cause.act || cause.membership === null) throw new Error("a bid is handed in by a signed act only");
  const { key, sig } = cause.act;
  return { commandId, membership: cause.membership, lotId: lot.id, ...(nonce === undefined ? {} : { nonce }), key, sig };
}

/** Durable when it resolves. */
export async function storeSubmission(files: FileStore, random: Random, submission: StoredSubmission): Promise<SubmissionPlace> {
  const text = jcs(submission);
  const padded = new Uint8Array(paddedSize(text.length + 4));
  padded.set(concat(u32(text.length), text));
  const key = random.bytes(32);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = concat(cipher.update(padded), cipher.final(), cipher.getAuthTag());
  const name = hex(random.bytes(16));
  await files.put(name, sealed);
  return { name, key: hex(key) };
}

/** @throws when the file is gone or was changed. */
export async function loadSubmission(files: FileStore, { name, key }: SubmissionPlace): Promise<StoredSubmission> {
  const sealed = await files.get(name);
  if (!sealed) throw new Error(`the submission ${name} is not in the store`);
  const decipher = createDecipheriv("aes-256-gcm", fromHex(key), nonce);
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
  return JSON.parse(fromUtf8(padded.subarray(4, 4 + padded.readUInt32BE(0)))) as StoredSubmission;
}

function paddedSize(length: number): number {
  let size = smallest;
  while (size < length) size *= 2;
  return size;
}
