/**
 * Sealed acts (◐): what a party does before the opening and what must not even be counted — taking
 * the document, asking, paying a deposit, applying for a guarantee, sealing a bid. Each is an event
 * of a stream of its own with 128 random bits in its name; it shows an opaque tag, a version, the
 * digests that a receipt needs, and 4 KiB of ciphertext under the lot's header key. The header key's
 * secret lies with the key keeper until the deadline is recorded (decisions §3). A superuser of the
 * database can neither read an act nor tell which of two lots has it.
 */

import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import { base64, concat, fromBase64, fromHex, fromUtf8, hex, u32 } from "../../../formats/bytes.ts";
import { jcs } from "../../../formats/jcs.ts";
import { organisationsWithRole } from "../../identity/index.ts";
import { parseInstant, type Random } from "../../kernel/index.ts";
import { type Cause, type EventFields, type Queryable, type RecordedEvent, readStream, type View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";
import type { ActContext, DecidingLot, ReadContext } from "./act.ts";
import type { KeyKeeper, Platform } from "./platform.ts";

/** What an act of a party says, once its header can be read. */
export interface SealedPayload {
  act: string;
  lotId: string;
  organisation: string;
  person: string;
  partyId: string;
  /** Command and signature, so that the opened act proves who willed it. */
  commandId: string;
  signed: Cause["act"];
  /** Essential fields of the act; they must fit into 4 KiB together with the ids. */
  fields: EventFields;
}

/** Digests that stay readable, because receipts and the ban on a repeated R need them. */
export interface ClearColumns {
  version: number;
  receiptHash?: string;
  bidDigest?: string;
  rHash?: string;
}

export interface SealedAct {
  /** Its stream. */
  id: string;
  version: number;
  arrivedAt: string;
  /** Null until the numberer has seen it. */
  position: number | null;
  payload: SealedPayload;
}

const plaintextBytes = 4000;
const info = "egret/v1 sealed act\n";

/** Appends a sealed act of the acting organisation. @returns its stream, the tag and the party id. */
export async function appendSealed(
  context: ActContext,
  act: string,
  fields: EventFields,
  clear: ClearColumns = { version: 1 },
): Promise<{ stream: string; partyId: string; event: RecordedEvent }> {
  const { lot, actor, platform, random } = context;
  const { tag, partyId } = await platform.keeper.tagOf(lot.id, actor.organisationId);
  const headerKey = await headerKeyOf(context.tx, lot.id);
  const { commandId, act: signed } = context.cause;
  const payload: SealedPayload = {
    act,
    lotId: lot.id,
    organisation: actor.organisationId,
    person: actor.personId,
    partyId,
    commandId,
    signed,
    fields,
  };
  const stream = `b/${hex(random.bytes(16))}`;
  // Acts without digests carry chance in their place: else the kind of an act could be told from its columns.
  const digest = (value: string | undefined) => value ?? hex(random.bytes(32));
  const event = await context.appendOpaque(stream, "sealed.event", {
    tag,
    version: clear.version,
    receiptHash: digest(clear.receiptHash),
    bidDigest: digest(clear.bidDigest),
    rHash: digest(clear.rHash),
    ciphertext: base64(sealPayload(payload, fromHex(headerKey), random)),
  });
  return { stream, partyId, event };
}

/** Makes the lot's keys at the keeper and records the public one. Called once, when the lot's ceremony is sealed. */
export async function openSealedRow(context: DecidingLot): Promise<void> {
  const headerKey = await context.platform.keeper.createLot(context.lot.id);
  await context.append(context.lot.id, "lot.sealedRowOpened", { headerKey });
}

export async function headerKeyOf(db: Queryable, lotId: string): Promise<string> {
  const events = await readStream(db, lotId);
  const opened = events.find((event) => event.type === "lot.sealedRowOpened");
  if (!opened) throw new Error(`lot ${lotId} has no header key yet`);
  return opened.data.headerKey;
}

/** The acting organisation's own sealed acts in this lot, in order of arrival; the keeper opens only those that are its own. */
export async function ownSealedActs(
  context: Pick<ReadContext, "lot" | "platform" | "actor"> & { tx: Queryable },
  act?: string,
): Promise<SealedAct[]> {
  const { lot, tx, platform, actor } = context;
  if (!actor) return [];
  const { tag } = await platform.keeper.tagOf(lot.id, actor.organisationId);
  const rows = await rowsByTags(tx, [tag]);
  const opened = await platform.keeper.openOwn(
    lot.id,
    actor.organisationId,
    rows.map((row) => row.ciphertext),
  );
  return rows.map((row, i) => actOf(row, opened[i] as Uint8Array)).filter((own) => act === undefined || own.payload.act === act);
}

/** All sealed acts of a lot, for the gate: needs the header secret, which exists only after the deadline is recorded. */
export async function openSealedActs(context: DecidingLot, headerSecret: Uint8Array, candidates?: readonly string[]): Promise<SealedAct[]> {
  const { tx, lot, platform } = context;
  const organisations = candidates ?? (await organisationsWithRole(tx, "bidder")).map((organisation) => organisation.id);
  const tags = await tagsOf(platform.keeper, lot.id, organisations);
  const rows = await rowsByTags(tx, tags);
  return rows.map((row) => actOf(row, openCiphertext(row.ciphertext, headerSecret)));
}

/** Where the sealed acts of a lot stand in the record, for what is published of it: to be asked after its gate only. */
export async function sealedPositions(tx: Queryable, platform: Platform, lotId: string): Promise<number[]> {
  const organisations = (await organisationsWithRole(tx as Transaction, "bidder")).map(({ id }) => id);
  const rows = await rowsByTags(tx, await tagsOf(platform.keeper, lotId, organisations));
  return rows.flatMap(({ position }) => (position === null ? [] : [position]));
}

async function tagsOf(keeper: KeyKeeper, lotId: string, organisations: readonly string[]): Promise<string[]> {
  const tags: string[] = [];
  for (const organisation of organisations) tags.push((await keeper.tagOf(lotId, organisation)).tag);
  return tags;
}

/** Has a bid of any lot used this point R before? The same R twice would give its key away (seal-v1 §10). */
export async function isPointUsed(tx: Queryable, rHash: string): Promise<boolean> {
  const { rows } = await (tx as Transaction).query("SELECT 1 FROM record.sealed_act WHERE r_hash = $1", [Buffer.from(rHash, "hex")]);
  return rows.length > 0;
}

interface SealedRow {
  id: string;
  version: number;
  arrivedAt: string;
  position: number | null;
  ciphertext: Uint8Array;
}

async function rowsByTags(tx: Queryable, tags: readonly string[]): Promise<SealedRow[]> {
  const { rows } = await (tx as Transaction).query<{
    id: string;
    version: number;
    arrived_ms: string;
    position: string | null;
    ciphertext: Buffer;
  }>(
    `SELECT a.id, a.version, a.arrived_ms, p.position, a.ciphertext FROM record.sealed_act a
     JOIN record.event e ON e.stream = a.id AND e.version = 1 LEFT JOIN record.position p ON p.event_id = e.id
     WHERE a.tag = ANY($1) ORDER BY a.arrived_ms, e.id`,
    [tags.map((tag) => Buffer.from(tag, "hex"))],
  );
  return rows.map(({ id, version, arrived_ms, position, ciphertext }) => ({
    id,
    version,
    arrivedAt: new Date(Number(arrived_ms)).toISOString(),
    position: position === null ? null : Number(position),
    ciphertext,
  }));
}

function actOf(row: SealedRow, plaintext: Uint8Array): SealedAct {
  return {
    id: row.id,
    version: row.version,
    arrivedAt: row.arrivedAt,
    position: row.position,
    payload: JSON.parse(fromUtf8(plaintext)) as SealedPayload,
  };
}

/** ECIES on P-256: R ‖ AES-256-GCM(HKDF(r·Q, R), length ‖ JCS(payload) ‖ zeros), always the same size. */
export function sealPayload(payload: SealedPayload, headerKey: Uint8Array, random: Random): Uint8Array {
  const plain = jcs(payload);
  if (plain.length > plaintextBytes - 4) throw new Error(`a sealed act of ${plain.length} bytes does not fit`);
  const padded = new Uint8Array(4032);
  padded.set(concat(u32(plain.length), plain));
  const secret = p256.utils.randomSecretKey(random.bytes(48) as Uint8Array<ArrayBuffer>);
  const point = p256.getPublicKey(secret, true);
  const cipher = createCipheriv("aes-256-gcm", keyFor(p256.getSharedSecret(secret, headerKey, true), point), new Uint8Array(12));
  return concat(point, cipher.update(padded), cipher.final(), cipher.getAuthTag(), random.bytes(4096 + 64 - 33 - 4032 - 16));
}

export function openCiphertext(ciphertext: Uint8Array, headerSecret: Uint8Array): Uint8Array {
  const point = ciphertext.subarray(0, 33);
  const decipher = createDecipheriv("aes-256-gcm", keyFor(p256.getSharedSecret(headerSecret, point, true), point), new Uint8Array(12));
  decipher.setAuthTag(ciphertext.subarray(33 + 4032, 33 + 4032 + 16));
  const padded = Buffer.concat([decipher.update(ciphertext.subarray(33, 33 + 4032)), decipher.final()]);
  return padded.subarray(4, 4 + padded.readUInt32BE(0));
}

function keyFor(shared: Uint8Array, point: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", shared, point, info, 32));
}

/** Sealed acts of all lots alike. */
export const sealedActView: View = {
  name: "transaction.sealed-act",
  tables: ["record.sealed_act"],
  on: {
    "sealed.event": async (tx, { stream, at, data }) => {
      // A filler hides nothing and nobody looks for it (ADR 0032).
      if (!("tag" in data)) return;
      const bytes = (value: string | null) => (value === null ? null : Buffer.from(value, "hex"));
      await tx.query(
        "INSERT INTO record.sealed_act (id, tag, version, receipt_hash, bid_digest, r_hash, arrived_ms, ciphertext) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
          stream,
          bytes(data.tag),
          data.version,
          bytes(data.receiptHash),
          bytes(data.bidDigest),
          bytes(data.rHash),
          parseInstant(at),
          Buffer.from(fromBase64(data.ciphertext)),
        ],
      );
    },
  },
};
