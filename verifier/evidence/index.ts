/** The verifier's side of evidence-v1: bundles and checkpoints under a policy that the reader brings. */

export { runEvidenceVector } from "./vectors.ts";
export { type EvidenceFacts, type EvidenceVerdict, verifyBundle } from "./verify.ts";
