/**
 * The making side of seal-v1: ceremony, sealing, receipts, opening. Runs in a page, a worker and Node alike.
 * The verifier does not import this: a proof that shares code with what it proves is worth little.
 */

export { bidKeyFor } from "./bid-key.ts";
export * from "./body.ts";
export * from "./ceremony.ts";
export * from "./ceremony-check.ts";
export type { CeremonyPlan, CeremonyPosts } from "./ceremony-rounds.ts";
export * from "./check-submission.ts";
export { containerSize, filesAreLawful, type NamedSize } from "./container.ts";
export { bidDigestOf, chunkCount, cipherSizeOf, contextOf, headerHash, submitMessage } from "./digest.ts";
export {
  type BulkKey,
  type Bytes,
  findPoint,
  messageIsSigned,
  newKeyPair,
  pointHex,
  pointOf,
  type Random,
  type Suite,
  type SuiteId,
  secretScalar,
  signMessage,
} from "./group.ts";
export { drawSealSecrets, type HeaderFields, kbMatches, makeHeader, type SealSecrets, unwrapKb } from "./header.ts";
export { leafHash, MerkleRoot, merkleRoot } from "./merkle.ts";
export * from "./opening.ts";
export { combinePartials, type DleqStatement, dleqHolds, firstPartials, type Proof, proveDleq } from "./proofs.ts";
export * from "./receipt.ts";
export { readRecoveryCode, recoveryCode } from "./recovery-code.ts";
export * from "./schemas.ts";
export { findSuite, suiteOf } from "./suite.ts";
