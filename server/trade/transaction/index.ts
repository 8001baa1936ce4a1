/** Transaction: the thread of every trade — acts, lots, steps, milestones, holds, deadlines. The only door of this stage. */
export * from "./act.ts";
export { type Answer, problemOf, unknownObject } from "./answers.ts";
export { type DeadlineOptions, OnTheirWay, reachDue } from "./deadlines.ts";
export { deciding, loadLot } from "./deciding.ts";
export type { House } from "./house.ts";
export { type Judgement, judge } from "./judge.ts";
export { lotStates } from "./lot.states.ts";
export {
  blockingHold,
  effectiveAt,
  evolveLot,
  type Freeze,
  isFrozen,
  isInTime,
  isReached,
  type LotParties,
  type LotThread,
  type Milestone,
  stepStatus,
} from "./lot.ts";
export { refusalOfStep } from "./may-act.ts";
export { decidingOn, type LotWish, openLot } from "./open-transaction.ts";
export { perform } from "./perform.ts";
export { performAsSystem } from "./perform-as-system.ts";
export { performOutside } from "./perform-outside.ts";
export type { DeadlineStatement, FileStore, KeyKeeper, Platform, PlatformKeys } from "./platform.ts";
export type { Procedure, ProcedureStep, Route, StepSort } from "./procedure.ts";
export { reactTo } from "./reactions.ts";
export { findLots } from "./reads.ts";
export * from "./sealed-act.ts";
export { countsStatement, gramsOf, normalised, rowsStatement, type Statement } from "./search.ts";
export * from "./shapes.ts";
export { transactionStage } from "./stage.ts";
export { hasStanding, phaseOf, sideOf } from "./standing.ts";
export { standingStream, stepsBefore } from "./standing-stream.ts";
export { stepWords } from "./step-words.ts";
export {
  bindLaw,
  closeWindow,
  completeStep,
  failLot,
  type HoldWish,
  holdLot,
  lotOfStream,
  releaseHold,
  setMilestone,
  startRun,
  streamOf,
} from "./thread.ts";
export { type DueRow, type LotRow, listLots, nextDue } from "./views.ts";
