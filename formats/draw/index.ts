/**
 * The making side of draw-v1 (随机抽取), the same in the server and on a contributor's page. All random
 * bytes and instants are arguments. Schemas for the wall are in schemas.ts. The proof is in verifier/draw.
 */
export { beaconIsValid, beaconRoundFor, beaconRoundTime, quicknetChain, quicknetKey } from "./beacon.ts";
export { type CarryRefusal, carryCode, findCarryRefusal, readCarryCode } from "./beacon-carry.ts";
export { type CommitInput, type ContributionSecret, commitIsValid, makeCommit, makeReveal, revealOpensCommit } from "./commit.ts";
export { publicKeyOf } from "./ed25519.ts";
export {
  type DrawMode,
  drawMode,
  fallbackIsValid,
  findPlanFault,
  freezeIsValid,
  planHash,
  poolId,
  signFallback,
  signFreeze,
} from "./plan.ts";
export { assembleRecord, type DrawFailure, type DrawSteps, withSubstitution } from "./record.ts";
export { makePartial, type PartialInput, partialIsValid } from "./recovery.ts";
export type * from "./schemas.ts";
export { type DrawResult, findSubstitute, type SubstitutionRequest, seatsAfter } from "./select.ts";
export { drawStream, type NextNumber, shuffle, streamOfKey, uniform } from "./stream.ts";
export { proveVrf, verifyVrf } from "./vrf.ts";
