/**
 * What stages do to the thread of a lot: finish a step, set or reach a milestone, hold and release,
 * fail. Each is an event of the lot's stream; the routes of the procedure decide what follows.
 */
import { ruleSet } from "../../../law/index.ts";
import { type CommandOf, dayOf, type Instant, instantText, next, type Refusal, refuse } from "../../kernel/index.ts";
import type { EventData, RecordedEvent } from "../../record/index.ts";
import type { DecidingLot } from "./act.ts";
import { lotStates } from "./lot.states.ts";
import { effectiveAt, type Freeze, stepStatus } from "./lot.ts";

/** The stream of a noun of which a lot has only one (document, opening, committee …); run 2 and later get a suffix. */
export function streamOf(prefix: string, lotId: string, run = 1): string {
  const stream = `${prefix}_${lotId.slice(lotId.indexOf("_") + 1)}`;
  return run > 1 ? `${stream}.${run}` : stream;
}

/** The lot of such a stream. */
export function lotOfStream(stream: string): string {
  return `lot_${stream.slice(stream.indexOf("_") + 1).split(".")[0]}`;
}

async function appendToLot(
  context: DecidingLot,
  command: CommandOf<typeof lotStates>,
  type: string,
  data: EventData,
): Promise<RecordedEvent> {
  if (next(lotStates, context.lot.state, command) === undefined) throw new Error(`a lot that is ${context.lot.state} cannot ${command}`);
  return context.append(context.lot.id, type, data);
}

/** Marks a step as done and follows the route of its outcome. @throws when the procedure does not have the step in this pass. */
export async function completeStep(context: DecidingLot, step: string, outcome: string, ref: string | null = null): Promise<void> {
  const { run, pass } = context.lot;
  if (!context.procedure.steps(pass).some((candidate) => candidate.name === step)) throw new Error(`pass ${pass} has no step ${step}`);
  await appendToLot(context, "completeStep", "lot.stepDone", { run, pass, step, outcome, ref });
  const route = context.procedure.route(pass, step, outcome);
  if (route.to === "pass") await startRun(context, route.pass, `${step}:${outcome}`);
  else if (route.to === "fail") await failLot(context, route.cause);
  else if (route.to === "complete") await appendToLot(context, "complete", "lot.completed", { run });
}

/** Closes a window at its milestone, where this pass of the procedure has it and it is not closed yet. */
export async function closeWindow(context: DecidingLot, step: string, ref: string | null = null): Promise<void> {
  if (["open", "waiting"].includes(stepStatus(context.lot, context.procedure, step))) await completeStep(context, step, "closed", ref);
}

/** Begins a run: one passage through one pass. Steps named in `standing` keep what they had. */
export async function startRun(context: DecidingLot, pass: number, cause: string, standing: readonly string[] = []): Promise<void> {
  await appendToLot(context, "startRun", "lot.runStarted", { run: context.lot.run + 1, pass, cause, standing: [...standing] });
}

/** Announces or moves a limit. Every version stays in the record. */
export async function setMilestone(context: DecidingLot, name: string, at: Instant, cause: string): Promise<Refusal | undefined> {
  if (at < context.now) {
    return refuse("lot.milestone-in-past", {
      message: `${name} 的时刻已经过去。`,
      messageEn: `The moment of ${name} has already passed.`,
      data: { milestone: name, at: instantText(at), now: instantText(context.now) },
      whatToDo: "请改为以后的时刻。",
    });
  }
  const before = context.lot.milestones.get(name);
  const version = before && before.run === context.lot.run ? before.version + 1 : 1;
  const originalAt = instantText(version > 1 && before ? before.originalAt : at);
  await appendToLot(context, "setMilestone", "lot.milestoneSet", {
    name,
    run: context.lot.run,
    at: instantText(at),
    originalAt,
    version,
    cause,
  });
  return undefined;
}

export async function reachMilestone(context: DecidingLot, name: string): Promise<void> {
  const milestone = context.lot.milestones.get(name);
  if (!milestone || milestone.reachedAt !== null) throw new Error(`milestone ${name} cannot be reached`);
  await appendToLot(context, "reachMilestone", "lot.milestoneReached", { name, version: milestone.version, at: instantText(milestone.at) });
}

export interface HoldWish {
  cause: string;
  ref: string | null;
  blocks: readonly string[];
  freezes: readonly Freeze[];
}

export async function holdLot(context: DecidingLot, wish: HoldWish): Promise<string> {
  const hold = context.newId("hld");
  await appendToLot(context, "hold", "lot.held", {
    hold,
    cause: wish.cause,
    ref: wish.ref,
    blocks: [...wish.blocks],
    freezes: wish.freezes.map((freeze) => ({ ...freeze })),
  });
  return hold;
}

/**
 * Releases a hold. A paused limit keeps its remaining time; a limit frozen `notBefore` ends at least
 * `noticeMs` after the release. All of it in the same append.
 */
export async function releaseHold(context: DecidingLot, holdId: string, noticeMs: number): Promise<void> {
  const hold = context.lot.holds.get(holdId);
  if (!hold) throw new Error(`there is no hold ${holdId}`);
  const shiftedMs = context.now - hold.heldAt;
  await appendToLot(context, "releaseHold", "lot.holdReleased", {
    hold: holdId,
    shiftedMs,
    milestones: hold.freezes.map((freeze) => freeze.milestone),
  });
  for (const freeze of hold.freezes) {
    const at = effectiveAt(context.lot, freeze.milestone);
    if (at === undefined) continue;
    const moved = freeze.mode === "pause" ? at + shiftedMs : Math.max(at, context.now + noticeMs);
    if (moved !== at) await setMilestone(context, freeze.milestone, moved, `hold ${holdId} released`);
  }
}

/** Binds the lot to the law of the day of its first notice (model.md §5); the lot runs from here. */
export async function bindLaw(context: DecidingLot): Promise<void> {
  if (context.lot.lawDate !== null) return;
  const { date, hash } = ruleSet(dayOf(context.now));
  await appendToLot(context, "bindLaw", "lot.lawBound", { lawDate: date, ruleSetHash: hash });
}

export async function failLot(context: DecidingLot, cause: string): Promise<void> {
  await appendToLot(context, "fail", "lot.failed", { cause, run: context.lot.run });
}
