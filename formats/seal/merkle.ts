/**
 * The Merkle root of evidence-v1 §3 with the suite's hash, built leaf by leaf: only one node per level is kept,
 * so a body of any size costs a few hundred bytes.
 */
import { utf8 } from "../bytes.ts";
import type { Bytes, Suite } from "./group.ts";

const NODE = Uint8Array.of(1);
const LEAF = Uint8Array.of(0);

export class MerkleRoot {
  private readonly suite: Suite;
  /** Roots of complete subtrees, largest first, with their heights. */
  private readonly peaks: { height: number; hash: Uint8Array }[] = [];

  constructor(suite: Suite) {
    this.suite = suite;
  }

  /** Adds the next leaf, given as its hash H(0x00 ‖ data). */
  add(leafHash: Uint8Array): void {
    let node = { height: 0, hash: leafHash };
    while (this.peaks.at(-1)?.height === node.height) {
      const left = this.peaks.pop()!;
      node = { height: node.height + 1, hash: this.suite.hash(NODE, left.hash, node.hash) };
    }
    this.peaks.push(node);
  }

  /** The root over all leaves so far; H("") for none. */
  root(): Bytes {
    if (this.peaks.length === 0) return this.suite.hash(utf8(""));
    return this.peaks.map((peak) => peak.hash).reduceRight((right, left) => this.suite.hash(NODE, left, right)) as Bytes;
  }
}

export function leafHash(suite: Suite, data: Uint8Array): Bytes {
  return suite.hash(LEAF, data);
}

export function merkleRoot(suite: Suite, leafHashes: Iterable<Uint8Array>): Bytes {
  const tree = new MerkleRoot(suite);
  for (const leaf of leafHashes) tree.add(leaf);
  return tree.root();
}
