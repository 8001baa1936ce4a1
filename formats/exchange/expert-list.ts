/**
 * The sealed hand-over of the expert list (expert-pool.md §2): pseudonyms, list root, signature, join tags.
 * The list goes unchanged into `plan.pool` of draw-v1, so a wrong order, root or signature refuses it whole.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { concat, fromHex, hex, utf8 } from "../bytes.ts";
import { jcs, sha256 } from "../jcs.ts";
import type { PoolEntry, RosterRow } from "./expert-pool-messages.ts";
import type { SigningKey } from "./peer.ts";

export const joinTagsPerRow = 16;

/** draw-v1 §2: id = H("draw/v1 pool\n" ‖ salt32 ‖ memberId). */
export function pseudonymOf(salt: Uint8Array, memberId: string): string {
  return hex(sha256("draw/v1 pool\n", salt, memberId));
}

/** HMAC-SHA256(joinKey, "unit\n" ‖ creditCode): lets the draw service find an employer among the parties without names. */
export function joinTag(joinKey: Uint8Array, creditCode: string): string {
  return hex(hmac(nobleSha256, joinKey, utf8(`unit\n${creditCode}`)));
}

/** Merkle root over H(0x00 ‖ JCS(entry)), shape of evidence-v1 §3; no entries: H(""). */
export function listRootOf(entries: readonly PoolEntry[]): string {
  if (entries.length === 0) return hex(sha256(""));
  return hex(rootOf(entries.map((entry) => sha256(Uint8Array.of(0), jcs(entry)))));
}

function rootOf(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

type CandidateList = { entries: readonly PoolEntry[]; count: number; listRoot: string; poolSig: string };

export function signList<B extends object>(body: B, key: SigningKey): B & { poolSig: string } {
  return { ...body, poolSig: hex(ed25519.sign(listText(body), key.secret)) };
}

/** The first reason to refuse a list, or undefined. @param pub hex32 message key of the pool, from the peer file. */
export function listFault(body: CandidateList, pub: string): "signature" | "count" | "order" | "strata" | "root" | undefined {
  const { poolSig, ...rest } = body;
  if (!ed25519.verify(fromHex(poolSig), listText(rest), fromHex(pub))) return "signature";
  if (body.count !== body.entries.length) return "count";
  if (body.entries.some((entry, i) => i > 0 && entry.id <= (body.entries[i - 1]?.id ?? ""))) return "order";
  if (body.entries.some((entry) => entry.strata.length === 0 || new Set(entry.strata).size !== entry.strata.length)) return "strata";
  return listRootOf(body.entries) === body.listRoot ? undefined : "root";
}

/** "roster opened by a wrong key, or tags ≠ 16 → list refused" (expert-pool.md §4). */
export function rosterFault(rows: readonly RosterRow[], entries: readonly PoolEntry[]): "ids" | "tags" | undefined {
  if (rows.length !== entries.length || rows.some((row, i) => row.id !== entries[i]?.id)) return "ids";
  return rows.some((row) => row.tags.length !== joinTagsPerRow || row.tags.some((tag) => !/^[0-9a-f]{64}$/.test(tag))) ? "tags" : undefined;
}

function listText(body: object): Uint8Array {
  return concat("egret/v1 pool candidates\n", sha256(jcs(body)));
}
