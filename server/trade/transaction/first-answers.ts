/**
 * The first answer to each command is kept, so that a repeated command gets the same bytes
 * (invariant I04). The answers to sealed acts name lot and bidder, so they are kept under a secret
 * that is not in the database: row key and text tell nothing, and all have one size.
 */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { fromUtf8 } from "../../../formats/bytes.ts";
import type { Random } from "../../kernel/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

export interface KeptAnswer {
  status: number;
  text: string;
}

export interface AnswerPlace {
  personId: string;
  commandId: string;
  bodyHash: Uint8Array;
  sealed: boolean;
}

export interface AnswerSecret {
  secret: Uint8Array;
  random: Random;
}

/** The kept answer, if any. Until the transaction ends nobody else decides or keeps anything of the same command. */
export async function firstAnswer(
  tx: Transaction,
  place: AnswerPlace,
  keeper: AnswerSecret,
): Promise<{ sameBody: boolean; answer: KeptAnswer } | undefined> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [`${place.personId}/${place.commandId}`]);
  const { actor, key } = rowKey(place, keeper);
  const { rows } = await tx.query<{ body_hash: Buffer; status: number; answer: string }>(
    "SELECT body_hash, status, answer FROM record.command WHERE actor = $1 AND key = $2",
    [actor, key],
  );
  const row = rows[0];
  if (!row) return undefined;
  const text = place.sealed ? openText(row.answer, keeper) : row.answer;
  const status = place.sealed && text.startsWith("!") ? 422 : row.status;
  return { sameBody: row.body_hash.equals(storedHash(place, keeper)), answer: { status, text: place.sealed ? text.slice(1) : text } };
}

/** Called by whoever asked for the first answer in the same transaction and found none. */
export async function keepAnswer(tx: Transaction, place: AnswerPlace, answer: KeptAnswer, keeper: AnswerSecret): Promise<void> {
  const { actor, key } = rowKey(place, keeper);
  // A refusal and a receipt look alike in the row: the mark is inside the ciphertext.
  const text = place.sealed ? sealText(`${answer.status === 200 ? "+" : "!"}${answer.text}`, keeper) : answer.text;
  await tx.query("INSERT INTO record.command (actor, key, body_hash, status, answer) VALUES ($1, $2, $3, $4, $5)", [
    actor,
    key,
    storedHash(place, keeper),
    place.sealed ? 200 : answer.status,
    text,
  ]);
}

function rowKey({ personId, commandId, sealed }: AnswerPlace, { secret }: AnswerSecret) {
  return sealed ? { actor: "sealed", key: mac(secret, `${personId}/${commandId}`) } : { actor: personId, key: commandId };
}

function storedHash({ bodyHash, sealed }: AnswerPlace, { secret }: AnswerSecret): Buffer {
  return sealed ? createHmac("sha256", secret).update(bodyHash).digest() : Buffer.from(bodyHash);
}

function mac(secret: Uint8Array, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

function sealText(text: string, { secret, random }: AnswerSecret): string {
  const nonce = random.bytes(12);
  const cipher = createCipheriv("aes-256-gcm", secret, nonce);
  return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

function openText(sealed: string, { secret }: AnswerSecret): string {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return fromUtf8(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]));
}
