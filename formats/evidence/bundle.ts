/**
 * The bundle that a third party receives (evidence-v1 §7): disclosed entries with their proofs under
 * one checkpoint. It carries no policy: what to believe comes from elsewhere.
 */
import type { Json } from "../jcs.ts";
import type { AnchorRecord } from "./anchor.ts";
import { type Entry, entryBytes } from "./entry.ts";
import type { ConsistencyProof, InclusionProof } from "./proof.ts";

export type BundleItem = {
  entry: Entry;
  inclusion: InclusionProof;
  disclosure?: { salt: string; event: { readonly [name: string]: Json | undefined } };
  actor?: { id: string; salt: string };
};

export type EvidenceBundle = {
  format: "evidence-bundle/v1";
  checkpoint: string;
  items: BundleItem[];
  previous?: { checkpoint: string; consistency: ConsistencyProof };
  anchor?: AnchorRecord;
};

export const bundleItemsMax = 1000;

/** @throws RangeError for items that no bundle may hold: none, too many, or not in ascending order. */
export function makeBundle(parts: Omit<EvidenceBundle, "format">): EvidenceBundle {
  const { items } = parts;
  if (items.length < 1 || items.length > bundleItemsMax) throw new RangeError(`a bundle of ${items.length} items`);
  for (const [i, item] of items.entries()) {
    entryBytes(item.entry);
    const before = items[i - 1];
    if (item.entry.seq !== item.inclusion.leafIndex) throw new RangeError(`item ${i} is proven at another place`);
    if (before && before.entry.seq >= item.entry.seq) throw new RangeError(`item ${i} does not ascend`);
  }
  return { format: "evidence-bundle/v1", ...parts };
}
