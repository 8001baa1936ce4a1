/** The public file of a draw (draw-record/v1) and what other stages ask of it. */
import {
  assembleRecord,
  type DrawRecord,
  findSubstitute,
  type SelectResult,
  type SubstitutionRequest,
  withSubstitution,
} from "../../../formats/draw/index.ts";
import { placesOf, type Queryable } from "../../record/index.ts";
import type { DecidingLot } from "../transaction/index.ts";
import { stepsOf } from "./derive.ts";
import { type Draw, drawOf } from "./draw.ts";
import { drawIdsOf } from "./views.ts";

/** The record with every substitution that has its number. @throws when there is no result yet. */
export async function drawRecord(db: Queryable, drawId: string): Promise<DrawRecord> {
  const draw = await drawOf(db, drawId);
  if (!draw?.result) throw new Error(`draw ${drawId} has no result`);
  const assembled = assembleRecord(await stepsOf(db, draw));
  if (!assembled.ok) throw new Error(`draw ${drawId} no longer gives its result: ${assembled.code}`);
  const places = await placesOf(db, drawId);
  let { record } = assembled;
  for (const { stratum, out, reason, version, ...drawn } of draw.substitutions) {
    const log = places.get(version);
    if (!log) break;
    record = withSubstitution(record, { stratum, out, reason }, log);
    if (record.substitutions.at(-1)?.in !== drawn.in) throw new Error(`draw ${drawId}@${version} seated somebody out of order`);
  }
  return record;
}

/**
 * Somebody seated does not come: the next of the same permutation follows, without new randomness (draw-v1 §4).
 * @returns the pseudonym that is seated now; null when nobody is left and the seat stays empty.
 */
export async function substitute(context: DecidingLot, drawId: string, request: SubstitutionRequest): Promise<string | null> {
  const draw = await drawOf(context.tx, drawId);
  if (!draw?.plan || !draw.result || !("strata" in draw.result)) throw new Error(`draw ${drawId} has no seats`);
  const next = findSubstitute(draw.plan, draw.result as SelectResult, draw.substitutions, request);
  await context.append(drawId, "drw.substituted", { lotId: draw.lotId, ...request, in: next });
  return next;
}

/** All draws of a lot, in the order of preparation. */
export async function drawsOf(db: Queryable, lotId: string, purpose?: string): Promise<Draw[]> {
  const draws: Draw[] = [];
  for (const drawId of await drawIdsOf(db, lotId, purpose)) {
    const draw = await drawOf(db, drawId);
    if (draw) draws.push(draw);
  }
  return draws;
}

/** The draw of a purpose that stands: the last one that was not given up. */
export async function standingDraw(db: Queryable, lotId: string, purpose: string): Promise<Draw | undefined> {
  return (await drawsOf(db, lotId, purpose)).filter(({ state }) => state !== "void").at(-1);
}

/** Are all shares of the lot's coefficient draw open and its result fixed? Asked before keys are frozen (decisions §4). */
export async function coefficientDrawIsRevealed(db: Queryable, lotId: string): Promise<boolean> {
  const draw = await standingDraw(db, lotId, "coefficient");
  return draw?.state === "derived" || draw?.state === "published";
}

/** Drawn values by id, `{K: "4.0%"}`; undefined while there is no result. */
export async function drawnCoefficients(db: Queryable, lotId: string): Promise<Record<string, string> | undefined> {
  const result = (await standingDraw(db, lotId, "coefficient"))?.result;
  if (!result || !("coefficients" in result)) return undefined;
  return Object.fromEntries(result.coefficients.map(({ id, value }) => [id, value]));
}
