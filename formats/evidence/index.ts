/** Making evidence (evidence-v1): entries, tree, proofs, notes, policy, tiles, bundles, anchors. Its checks serve log and witness; a third party uses `verifier/`. */
export * from "./anchor.ts";
export * from "./bundle.ts";
export * from "./entry.ts";
export * from "./filler.ts";
export * from "./note.ts";
export * from "./policy.ts";
export * from "./proof.ts";
export * from "./tiles.ts";
export * from "./tree.ts";
export * from "./verifier-key.ts";
export * from "./witness-request.ts";
