/**
 * Inclusion and consistency proofs (evidence-v1 §3): making them from stored complete subtrees
 * (RFC 6962 §2.1.1, §2.1.2), and the check that a witness makes before it signs (RFC 9162 §2.1.4.2).
 * A proof must never be made for, or accepted at, another size than the one it names.
 */
import { equalBytes, fromHex, hex } from "../bytes.ts";
import { type Hash, type Nodes, nodeHash, splitOf } from "./tree.ts";

export type InclusionProof = { leafIndex: number; treeSize: number; hashes: string[] };
export type ConsistencyProof = { size1: number; size2: number; hashes: string[] };

type Range = readonly [start: number, end: number];

/** @throws RangeError for a leaf that the tree does not have. */
export async function proveInclusion(nodes: Nodes, leafIndex: number, treeSize: number): Promise<InclusionProof> {
  if (!(leafIndex >= 0 && leafIndex < treeSize)) throw new RangeError(`a tree of ${treeSize} has no leaf ${leafIndex}`);
  return { leafIndex, treeSize, hashes: await hashesOf(nodes, pathOf(leafIndex, [0, treeSize])) };
}

/** @throws RangeError unless 1 ≤ size1 ≤ size2. */
export async function proveConsistency(nodes: Nodes, size1: number, size2: number): Promise<ConsistencyProof> {
  if (!(size1 >= 1 && size1 <= size2)) throw new RangeError(`no proof leads from ${size1} to ${size2}`);
  return { size1, size2, hashes: await hashesOf(nodes, growthOf(size1, [0, size2], true)) };
}

/** The root of the first `size` leaves. */
export async function rootOf(nodes: Nodes, size: number): Promise<Hash> {
  return rangeHash(nodes, [0, size]);
}

function pathOf(leaf: number, [start, end]: Range): Range[] {
  if (end - start === 1) return [];
  const middle = start + splitOf(end - start);
  return leaf < middle ? [...pathOf(leaf, [start, middle]), [middle, end]] : [...pathOf(leaf, [middle, end]), [start, middle]];
}

/** SUBPROOF of RFC 6962 §2.1.2; `whole` says that the old tree is exactly this range's start. */
function growthOf(oldEnd: number, [start, end]: Range, whole: boolean): Range[] {
  if (oldEnd === end) return whole ? [] : [[start, end]];
  const middle = start + splitOf(end - start);
  if (oldEnd <= middle) return [...growthOf(oldEnd, [start, middle], whole), [middle, end]];
  return [...growthOf(oldEnd, [middle, end], false), [start, middle]];
}

/** All at once: the tiles behind them are read side by side. */
function hashesOf(nodes: Nodes, ranges: readonly Range[]): Promise<string[]> {
  return Promise.all(ranges.map(async (range) => hex(await rangeHash(nodes, range))));
}

async function rangeHash(nodes: Nodes, [start, end]: Range): Promise<Hash> {
  const width = end - start;
  const level = levelOf(width);
  if (level !== undefined) return nodes(level, start / width);
  const middle = start + splitOf(width);
  const [left, right] = await Promise.all([rangeHash(nodes, [start, middle]), rangeHash(nodes, [middle, end])]);
  return nodeHash(left, right);
}

/** Whether the proof leads from root1 to root2. Malformed proofs do not hold. */
export function consistencyHolds({ size1, size2, hashes }: ConsistencyProof, root1: Uint8Array, root2: Uint8Array): boolean {
  if (![size1, size2].every((size) => Number.isSafeInteger(size) && size >= 1) || size1 > size2) return false;
  if (!hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))) return false;
  if (size1 === size2) return hashes.length === 0 && equalBytes(root1, root2);
  const given = hashes.map(fromHex);
  // The ranges follow from the sizes alone; folding the hashes over them gives both roots.
  const ranges = growthOf(size1, [0, size2], true);
  if (given.length !== ranges.length) return false;
  const known = new Map(ranges.map(([start, end], i) => [`${start}-${end}`, given[i] as Hash]));
  if (levelOf(size1) !== undefined) known.set(`0-${size1}`, root1 as Hash);
  const [old, fresh] = [folded(known, [0, size1]), folded(known, [0, size2])];
  return old !== undefined && fresh !== undefined && equalBytes(old, root1) && equalBytes(fresh, root2);
}

/** log2 of a power of two, else undefined; by counting, since Math.log2 rounds near 2^53. */
function levelOf(width: number): number | undefined {
  let level = 0;
  let k = 1;
  for (; k < width; k *= 2) level += 1;
  return k === width ? level : undefined;
}

function folded(known: ReadonlyMap<string, Hash>, [start, end]: Range): Hash | undefined {
  const own = known.get(`${start}-${end}`);
  if (own !== undefined || end - start === 1) return own;
  const middle = start + splitOf(end - start);
  const [left, right] = [folded(known, [start, middle]), folded(known, [middle, end])];
  return left && right && nodeHash(left, right);
}
