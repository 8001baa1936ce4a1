/** Committee: members drawn and named, their seats, their chair (评标委员会). The only door of this stage. */

export type { Committee, CommitteeSeat } from "./committee.ts";
export { type CommitteeWithPeople, committeeOf, type SeatedMember, sitsOnCommittee, standingCommittee } from "./committee-of.ts";
export { finishCommittee } from "./finish.ts";
export { takePoolFact } from "./pool-facts.ts";
export type { CandidateList, CandidateNeed, CommitteePorts, ExpertPool, PoolAnswer, PoolCall, PoolFact, PoolOrder } from "./ports.ts";
export { veil } from "./seat-people.ts";
export { committeeStage, expertsPurpose } from "./stage.ts";
