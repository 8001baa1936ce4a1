/**
 * Inclusion and consistency as RFC 9162 §2.1.3.2 and §2.1.4.2 verify them, bit by bit and in BigInt, so
 * that no size is too large. The making side splits ranges recursively; nothing is shared.
 */
import { fromHex, hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Value } from "../i-json.ts";
import { closed, hexOf, integer, list } from "../shapes.ts";

export type Inclusion = { leafIndex: number; treeSize: number; hashes: string[] };
export type Consistency = { size1: number; size2: number; hashes: string[] };

export const inclusionShape = closed({ leafIndex: integer(), treeSize: integer(), hashes: list(hexOf(32)) });
export const consistencyShape = closed({ size1: integer(), size2: integer(), hashes: list(hexOf(32)) });

/** H(0x00 ‖ entryBytes) */
export function leafHashOf(bytes: Uint8Array): string {
  return hex(sha256(Uint8Array.of(0), bytes));
}

function parentOf(left: string, right: string): string {
  return hex(sha256(Uint8Array.of(1), fromHex(left), fromHex(right)));
}

/** The root of a list of leaf hashes, by pairing rows: a lone last hash moves up unchanged. */
export function rootOfLeaves(leaves: readonly string[]): string {
  if (leaves.length === 0) return hex(sha256());
  let row = [...leaves];
  while (row.length > 1)
    row = row.flatMap((left, i) => (i % 2 === 1 ? [] : i + 1 < row.length ? [parentOf(left, row[i + 1] ?? "")] : [left]));
  return row[0] ?? "";
}

export function inclusionHolds(leaf: string, root: string, proof: Inclusion): boolean {
  if (proof.leafIndex < 0 || proof.leafIndex >= proof.treeSize) return false;
  let [fn, sn, r] = [BigInt(proof.leafIndex), BigInt(proof.treeSize) - 1n, leaf];
  for (const p of proof.hashes) {
    if (sn === 0n) return false;
    if (isOdd(fn) || fn === sn) {
      r = parentOf(p, r);
      while (!isOdd(fn) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else r = parentOf(r, p);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && r === root;
}

export function consistencyHolds(root1: string, root2: string, { size1, size2, hashes }: Consistency): boolean {
  if (size1 < 1 || size1 > size2) return false;
  if (size1 === size2) return hashes.length === 0 && root1 === root2;
  if (hashes.length === 0) return false;
  const isComplete = (BigInt(size1) & (BigInt(size1) - 1n)) === 0n;
  const [seed = "", ...path] = isComplete ? [root1, ...hashes] : hashes;
  let [fn, sn, fr, sr] = [BigInt(size1) - 1n, BigInt(size2) - 1n, seed, seed];
  while (isOdd(fn)) [fn, sn] = [fn >> 1n, sn >> 1n];
  for (const c of path) {
    if (sn === 0n) return false;
    if (isOdd(fn) || fn === sn) {
      [fr, sr] = [parentOf(c, fr), parentOf(c, sr)];
      while (!isOdd(fn) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else sr = parentOf(sr, c);
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && fr === root1 && sr === root2;
}

function isOdd(n: bigint): boolean {
  return (n & 1n) === 1n;
}

/** A proof of the right shape, or undefined. */
export function shapedInclusion(value: Value | undefined): Inclusion | undefined {
  return value !== undefined && inclusionShape(value) ? (value as Inclusion) : undefined;
}

export function shapedConsistency(value: Value | undefined): Consistency | undefined {
  return value !== undefined && consistencyShape(value) ? (value as Consistency) : undefined;
}
