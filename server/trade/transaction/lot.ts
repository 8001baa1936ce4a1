/**
 * The thread of a lot: what its own stream says of procedure, run, steps, milestones and holds.
 * Pure: `evolveLot` folds events, the questions below read the fold. Whatever stops a lot is a hold
 * with a cause; whatever moves a limit is a new version of a milestone (model.md §1).
 */
import { type Instant, parseInstant } from "../../kernel/index.ts";
import type { RecordedEvent } from "../../record/index.ts";
import type { Procedure, ProcedureStep } from "./procedure.ts";

export interface Milestone {
  name: string;
  run: number;
  version: number;
  at: Instant;
  /** As first announced. */
  originalAt: Instant;
  cause: string;
  reachedAt: Instant | null;
}

export interface Freeze {
  milestone: string;
  /** `notBefore`: the end waits for the release. `pause`: the remaining time is kept. */
  mode: "notBefore" | "pause";
}

export interface Hold {
  id: string;
  cause: string;
  ref: string | null;
  /** Steps that may not go on; `award.*` stands for all of a stage. */
  blocks: readonly string[];
  freezes: readonly Freeze[];
  heldAt: Instant;
}

export interface LotParties {
  buyer: string;
  agent: string | null;
  centre: string;
  supervisor: string;
}

export interface LotThread {
  id: string;
  version: number;
  state: "planned" | "running" | "failed" | "cancelled" | "completed" | "renewed";
  transactionId: string;
  projectId: string;
  procedureId: string;
  title: string;
  estimateFen: string;
  parties: LotParties;
  sector: string;
  regionCode: string;
  codes: Readonly<Record<string, string>>;
  round: number;
  predecessor: string | null;
  lawDate: string | null;
  ruleSetHash: string | null;
  run: number;
  pass: number;
  /** Steps done in the current run. */
  done: ReadonlyMap<string, { outcome: string; ref: string | null; at: Instant }>;
  milestones: ReadonlyMap<string, Milestone>;
  holds: ReadonlyMap<string, Hold>;
  exceptions: ReadonlySet<string>;
}

export function evolveLot(lot: LotThread | undefined, event: RecordedEvent): LotThread {
  const { data } = event;
  if (event.type === "lot.opened") return openedLot(event);
  if (!lot) throw new Error(`${event.type} comes before lot.opened`);
  const next = { ...lot, version: event.version };
  const at = parseInstant(event.at);
  switch (event.type) {
    case "lot.lawBound":
      return { ...next, lawDate: data.lawDate, ruleSetHash: data.ruleSetHash, state: "running" };
    case "lot.runStarted":
      return { ...next, run: data.run, pass: data.pass, done: keptSteps(lot, data.standing ?? []) };
    case "lot.stepDone":
      return { ...next, done: new Map(lot.done).set(data.step, { outcome: data.outcome, ref: data.ref, at }) };
    case "lot.milestoneSet":
      return { ...next, milestones: new Map(lot.milestones).set(data.name, milestoneOf(event)) };
    case "lot.milestoneReached":
      return { ...next, milestones: reached(lot, data.name, parseInstant(data.at)) };
    case "lot.held":
      return { ...next, holds: new Map(lot.holds).set(data.hold, { id: data.hold, ...holdOf(event), heldAt: at }) };
    case "lot.holdReleased":
      return { ...next, holds: new Map([...lot.holds].filter(([id]) => id !== data.hold)) };
    case "lot.exceptionGranted":
      return { ...next, exceptions: new Set([...lot.exceptions, data.rule]) };
    case "lot.failed":
      return { ...next, state: "failed" };
    case "lot.cancelled":
      return { ...next, state: "cancelled" };
    case "lot.completed":
      return { ...next, state: "completed" };
    case "lot.renewed":
      return { ...next, state: "renewed" };
    default:
      return next;
  }
}

function openedLot(event: RecordedEvent): LotThread {
  const { data } = event;
  return {
    id: event.stream,
    version: event.version,
    state: "planned",
    transactionId: data.transactionId,
    projectId: data.projectId,
    procedureId: data.procedureId,
    title: data.title,
    estimateFen: data.estimateFen,
    parties: data.parties,
    sector: data.sector,
    regionCode: data.regionCode,
    codes: data.codes,
    round: data.round,
    predecessor: data.predecessor ?? null,
    lawDate: null,
    ruleSetHash: null,
    run: 0,
    pass: 0,
    done: new Map(),
    milestones: new Map(),
    holds: new Map(),
    exceptions: new Set(),
  };
}

function keptSteps(lot: LotThread, standing: readonly string[]) {
  return new Map([...lot.done].filter(([step]) => standing.includes(step)));
}

function milestoneOf({ data }: RecordedEvent): Milestone {
  const { name, run, version, cause } = data;
  return { name, run, version, cause, at: parseInstant(data.at), originalAt: parseInstant(data.originalAt), reachedAt: null };
}

function reached(lot: LotThread, name: string, reachedAt: Instant) {
  const milestone = lot.milestones.get(name);
  return milestone ? new Map(lot.milestones).set(name, { ...milestone, reachedAt }) : lot.milestones;
}

function holdOf({ data }: RecordedEvent) {
  return { cause: data.cause, ref: data.ref ?? null, blocks: data.blocks, freezes: data.freezes };
}

/** The effective end of a milestone: only this counts, everywhere. Undefined when it was never announced. */
export function effectiveAt(lot: LotThread, name: string): Instant | undefined {
  return lot.milestones.get(name)?.at;
}

export function isReached(lot: LotThread, name: string): boolean {
  return typeof lot.milestones.get(name)?.reachedAt === "number";
}

/** Arrival at the very deadline is in time, one millisecond later is late (招标投标法 第二十八条; decisions §1). */
export function isInTime(lot: LotThread, name: string, arrivedAt: Instant): boolean {
  const at = effectiveAt(lot, name);
  return at !== undefined && arrivedAt <= at && !isReached(lot, name);
}

export type StepStatus = "absent" | "done" | "open" | "waiting";

/** What a step waits for: steps before it in this pass that must be done first. */
export function stepsAwaited(lot: LotThread, procedure: Procedure, name: string): readonly string[] {
  const steps = procedure.steps(lot.pass);
  const index = steps.findIndex((step) => step.name === name);
  const self = steps[index];
  if (!self) return [];
  return steps
    .slice(0, index)
    .filter((before) => mustPrecede(before, self) && !lot.done.has(before.name))
    .map((before) => before.name);
}

/** A gate waits for gates, windows and prepared steps before it; anything else only for gates; a prepared step for the first gate. */
function mustPrecede(before: ProcedureStep, self: ProcedureStep): boolean {
  if (before.optional || before.rolling || before.sort === "D") return false;
  if (self.sort === "G") return true;
  return before.sort === "G" && (self.sort !== "P" || before.name === "catalogue.admit");
}

export function stepStatus(lot: LotThread, procedure: Procedure, name: string): StepStatus {
  if (!procedure.steps(lot.pass).some((step) => step.name === name)) return "absent";
  if (lot.done.has(name)) return "done";
  return stepsAwaited(lot, procedure, name).length === 0 ? "open" : "waiting";
}

/** The hold that blocks a step, if any. */
export function blockingHold(lot: LotThread, step: string): Hold | undefined {
  const stage = `${step.split(".")[0]}.*`;
  return [...lot.holds.values()].find((hold) => hold.blocks.includes(step) || hold.blocks.includes(stage) || hold.blocks.includes("*"));
}

export function isFrozen(lot: LotThread, milestone: string): boolean {
  return [...lot.holds.values()].some((hold) => hold.freezes.some((freeze) => freeze.milestone === milestone));
}
