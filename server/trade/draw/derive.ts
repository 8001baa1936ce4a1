/**
 * drw.forfeit and drw.derive, by the system: who kept silent becomes the empty marker, and the result follows from
 * the logged steps alone (draw-v1 §3.7, §4). Nothing here chooses; the same steps give the same result anywhere.
 */
import { assembleRecord, type DrawPlan, type DrawSteps, drawMode } from "../../../formats/draw/index.ts";
import type { Json } from "../../../formats/jcs.ts";
import { type LogPlace, placesOf, type Queryable } from "../../record/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import type { DecidingLot } from "../transaction/index.ts";
import { type Draw, drawOf } from "./draw.ts";

/** At tReveal: silence is recorded by name, and a draw that waits for nothing more is derived. */
export async function endReveals(context: DecidingLot, drawId: string): Promise<void> {
  const draw = await drawOf(context.tx, drawId);
  if (draw?.state !== "revealing" || modeOf(draw) === 2) return;
  for (const { i } of draw.commits) {
    if (!draw.reveals.some((reveal) => reveal.i === i)) await context.append(drawId, "drw.shareForfeited", { lotId: draw.lotId, i });
  }
  if (modeOf(draw) === 0) await derive(context, drawId);
}

/** Derives as soon as nothing can be added: all committed shares are open, the beacon is there, or t members have answered for each. */
export async function deriveIfReady(context: DecidingLot, drawId: string): Promise<void> {
  const draw = await drawOf(context.tx, drawId);
  if (draw?.state === "revealing" && isComplete(draw)) await derive(context, drawId);
}

export function modeOf(draw: Draw): 0 | 1 | 2 {
  return draw.plan ? drawMode(draw.plan, draw.fallback !== null) : draw.way === "plain" ? 0 : draw.way === "recovery" ? 2 : 1;
}

function isComplete(draw: Draw): boolean {
  const plan = draw.plan as DrawPlan;
  switch (modeOf(draw)) {
    case 0:
      return draw.commits.every(({ i }) => draw.reveals.some((reveal) => reveal.i === i));
    case 1:
      return draw.beacon !== null;
    case 2:
      return draw.commits.every(({ i }) => draw.partials.filter((partial) => partial.i === i).length >= (plan.recovery?.t ?? 0));
  }
}

async function derive(context: DecidingLot, drawId: string): Promise<void> {
  const draw = await drawOf(context.tx, drawId);
  if (!draw) throw new Error(`there is no draw ${drawId}`);
  const assembled = assembleRecord(await stepsOf(context.tx, draw));
  const { lotId } = draw;
  if (!assembled.ok) {
    await context.append(drawId, "drw.failed", { lotId, code: assembled.code, faults: assembled.faults as unknown as Json });
    return;
  }
  const { faults, result } = assembled.record;
  await context.append(drawId, "drw.derived", {
    lotId,
    mode: modeOf(draw),
    faults: faults as unknown as Json,
    result: result as unknown as Json,
  });
  crashPoint("CP14.derived");
}

/** The logged steps, each with its place. @throws when the draw is not frozen, or a step has no number yet. */
export async function stepsOf(db: Queryable, draw: Draw): Promise<DrawSteps> {
  const places = await placesOf(db, draw.id);
  if (!draw.plan || !draw.freeze) throw new Error(`draw ${draw.id} has no plan yet`);
  const logged = <Step extends { version: number }>({ version, ...step }: Step) => ({ ...step, log: placeIn(places, draw.id, version) });
  return {
    plan: draw.plan,
    freeze: logged(draw.freeze),
    commits: draw.commits.map(logged),
    platform: draw.platform && logged(draw.platform),
    fallback: draw.fallback && logged(draw.fallback),
    reveals: draw.reveals.map(logged),
    partials: draw.partials.map(logged),
    beacon: draw.beacon && logged(draw.beacon),
  };
}

function placeIn(places: ReadonlyMap<number, LogPlace>, drawId: string, version: number): LogPlace {
  const place = places.get(version);
  if (!place) throw new Error(`${drawId}@${version} has no number yet`);
  return place;
}
