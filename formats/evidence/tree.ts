/**
 * The Merkle tree of the evidence log (evidence-v1 §3): RFC 6962 §2.1 over SHA-256. `Frontier` is the
 * tree that only grows: it holds the complete subtrees of its right edge, so that an append costs one
 * hash on average and no leaf is ever read again.
 */
import { concat } from "../bytes.ts";
import { sha256 } from "../jcs.ts";

export type Hash = Uint8Array<ArrayBuffer>;

/** The hash of the complete subtree that covers leaves [index·2^level, (index+1)·2^level). */
export type Nodes = (level: number, index: number) => Hash | Promise<Hash>;

// Node's own code hashes these short texts several times faster than a script; a browser takes the script.
const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");

function hashOf(bytes: Uint8Array): Hash {
  return crypto ? new Uint8Array(crypto.hash("sha256", bytes, "buffer")) : sha256(bytes);
}

/** Writes H(pair) into the row. As text on its way: hundreds of small buffers for each proof would make the collector stop it for milliseconds. */
function hashInto(row: Uint8Array, pair: Uint8Array, at: number): void {
  if (!crypto) row.set(sha256(pair), at);
  else Buffer.from(row.buffer, row.byteOffset, row.length).write(crypto.hash("sha256", pair, "binary"), at, "latin1");
}

export const emptyRoot: Hash = sha256();

/** H(0x00 ‖ entryBytes) */
export function leafHash(entryBytes: Uint8Array): Hash {
  const bytes = new Uint8Array(1 + entryBytes.length);
  bytes.set(entryBytes, 1);
  return hashOf(bytes);
}

/** H(0x01 ‖ left ‖ right) */
export function nodeHash(left: Uint8Array, right: Uint8Array): Hash {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return hashOf(bytes);
}

/** The hash of a complete subtree from the hashes of its lowest row, which lie one after the other. Folded in place: a proof from tiles hashes some 750 pairs. */
export function subtreeHash(row: Uint8Array): Hash {
  const fold = new Uint8Array(row);
  const pair = new Uint8Array(65);
  pair[0] = 1;
  for (let pairs = fold.length / 64; pairs >= 1; pairs /= 2)
    for (let i = 0; i < pairs; i++) {
      pair.set(fold.subarray(64 * i, 64 * i + 64), 1);
      hashInto(fold, pair, 32 * i);
    }
  return fold.slice(0, 32);
}

/** The largest power of two below n (n ≥ 2): where RFC 6962 splits a tree. */
export function splitOf(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

export class Frontier {
  #size: number;
  readonly #peaks: Hash[];

  /** @throws RangeError when the peaks are not those of a tree of this size. */
  constructor(size = 0, peaks: readonly Hash[] = []) {
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== bitsOf(size) || peaks.some((peak) => peak.length !== 32))
      throw new RangeError(`these are not the peaks of a tree of ${size} leaves`);
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  /** Complete subtrees from the largest to the smallest. */
  get peaks(): readonly Hash[] {
    return this.#peaks;
  }

  copy(): Frontier {
    return new Frontier(this.#size, this.#peaks);
  }

  /** @param completed is told every subtree that this leaf completes, the leaf itself first. */
  append(leaf: Hash, completed?: (level: number, index: number, hash: Hash) => void): void {
    let hash = leaf;
    let index = this.#size;
    let level = 0;
    completed?.(level, index, hash);
    while (index % 2 === 1) {
      hash = nodeHash(this.#peaks.pop() as Hash, hash);
      index = (index - 1) / 2;
      level += 1;
      completed?.(level, index, hash);
    }
    this.#peaks.push(hash);
    this.#size += 1;
  }

  root(): Hash {
    const last = this.#peaks[this.#peaks.length - 1];
    if (last === undefined) return emptyRoot;
    return this.#peaks.slice(0, -1).reduceRight<Hash>((right, left) => nodeHash(left, right), last);
  }

  /** The peaks as one byte string, for a store. */
  bytes(): Uint8Array<ArrayBuffer> {
    return concat(...this.#peaks);
  }

  /** @throws RangeError */
  static fromBytes(size: number, bytes: Uint8Array): Frontier {
    const peaks: Hash[] = [];
    for (let offset = 0; offset < bytes.length; offset += 32) peaks.push(new Uint8Array(bytes.subarray(offset, offset + 32)));
    return new Frontier(size, peaks);
  }
}

function bitsOf(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}
