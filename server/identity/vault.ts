/**
 * Personal data lie here, encrypted under one key per person, and never in an event. A lawful
 * deletion destroys the key; the record stays whole (model.md §2).
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { fromUtf8, hex } from "../../formats/bytes.ts";
import { jcs, sha256 } from "../../formats/jcs.ts";
import { keeps, type Random } from "../kernel/index.ts";
import type { Queryable, Transaction } from "../runtime/database/index.ts";

keeps({
  ruleId: "X-012",
  at: "server/identity/vault.ts",
  how: "details of a person lie under a key of their own; an event holds a salted digest only",
  test: "server/identity/vault.test.ts",
});

export interface PersonDetails {
  name: string;
  phone?: string;
  email?: string;
  idNumber?: string;
  title?: string;
}

/** Stores the details and returns a salted digest, which is all that an event may hold. */
export async function storeDetails(tx: Transaction, personId: string, details: PersonDetails, random: Random): Promise<string> {
  const key = random.bytes(32);
  const nonce = random.bytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([nonce, cipher.update(jcs(details)), cipher.final(), cipher.getAuthTag()]);
  await tx.query("INSERT INTO identity.vault_key (person_id, key) VALUES ($1, $2)", [personId, key]);
  await tx.query("INSERT INTO identity.vault (person_id, sealed) VALUES ($1, $2)", [personId, sealed]);
  return hex(sha256(key, jcs(details)));
}

/** The details of people; those whose key was destroyed are absent. */
export async function readDetails(db: Queryable, personIds: readonly string[]): Promise<Map<string, PersonDetails>> {
  const { rows } = await (db as Transaction).query<{ person_id: string; sealed: Buffer; key: Buffer }>(
    "SELECT v.person_id, v.sealed, k.key FROM identity.vault v JOIN identity.vault_key k USING (person_id) WHERE v.person_id = ANY($1)",
    [personIds],
  );
  return new Map(rows.map((row) => [row.person_id, open(row.sealed, row.key)]));
}

function open(sealed: Buffer, key: Buffer): PersonDetails {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return JSON.parse(fromUtf8(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]))) as PersonDetails;
}
