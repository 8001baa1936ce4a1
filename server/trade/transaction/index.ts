/** Transaction: the thread of every trade — acts, lots, steps, milestones, holds, deadlines. The only door of this stage. */
export * from "./act.ts";
export { type DeadlineOptions, OnTheirWay, reachDue } from "./deadlines.ts";
export { blockingHold, effectiveAt, evolveLot, type Freeze, isFrozen, isInTime, isReached, type LotParties, type LotThread, type Milestone, stepStatus } from "./lot.ts";
export { lotStates, transactionStates } from "./lot.states.ts";
export { type Judgement, judge } from "./judge.ts";
export { decidingOn, type LotWish, openLot } from "./open-transaction.ts";
export { type Answer, deciding, decidingLot, type House, loadLot, lockLot, perform, performAsSystem, problemOf, statusOf, unknownObject } from "./perform.ts";
export { performOutside } from "./perform-outside.ts";
export type { DeadlineStatement, FileStore, KeyKeeper, Platform, PlatformKeys } from "./platform.ts";
export type { Procedure, ProcedureStep, Route, StepSort } from "./procedure.ts";
export { reactTo } from "./reactions.ts";
export * from "./sealed-act.ts";
export { transactionStage } from "./stage.ts";
export { hasStanding, phaseOf, sideOf } from "./standing.ts";
export { stepWords } from "./step-words.ts";
export { bindLaw, cancelLot, completeStep, failLot, holdLot, type HoldWish, lotOfStream, reachMilestone, releaseHold, setMilestone, startRun, streamOf } from "./thread.ts";
export { type DueRow, type LotRow, nextDue } from "./views.ts";
