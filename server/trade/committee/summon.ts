/**
 * Seats are filled in the order of the draw. Whoever is drawn is called through the pool; who does not come is
 * followed by the next of the same permutation, without new randomness and never by hand (draw-v1 §4, §7). After
 * the opening, a substitute whom the roster ties to a bidder is passed over without being called.
 */
import { instantText } from "../../kernel/index.ts";
import { standingDraw, substitute } from "../draw/index.ts";
import { completeStep, type DecidingLot, standingStream, stepStatus } from "../transaction/index.ts";
import { activeSeats, type Committee, type CommitteeSeat, committeeIn, isWhole } from "./committee.ts";
import type { CommitteePorts } from "./ports.ts";
import { rosterOf } from "./seat-people.ts";

/** expert-pool.md §6: a call is answered within 15 minutes by day. */
export const answerMinutes = 15;

export type LeaveCause = "declined" | "unreachable" | "ineligible" | "recused" | "absent";

export async function getCommittee(context: DecidingLot): Promise<Committee> {
  // A later run may go on with the committee that stands.
  const stream = await standingStream(context.tx, "cmt", context.lot);
  const committee = stream && (await committeeIn(context.tx, stream));
  if (!committee) throw new Error(`lot ${context.lot.id} has no committee`);
  return committee;
}

/** The draw is published: everybody seated is called, stratum by stratum, in the order of seating. */
export async function summonDrawn(context: DecidingLot, ports: CommitteePorts): Promise<void> {
  const draw = await standingDraw(context.tx, context.lot.id, "experts");
  if (!draw?.result || !("strata" in draw.result)) throw new Error("the expert draw has no seats");
  for (const { id, primary } of draw.result.strata) {
    for (const poolId of primary) await summonOne(context, ports, { stratum: id, poolId, replaces: null });
  }
}

async function summonOne(
  context: DecidingLot,
  ports: CommitteePorts,
  who: { stratum: string; poolId: string; replaces: number | null },
): Promise<void> {
  const committee = await getCommittee(context);
  const seat = nextSeatNo(committee);
  await context.append(committee.stream, "cmt.seatSummoned", { lotId: context.lot.id, seat, ...who });
  const { needId, windowStartAt } = committee;
  await ports.pool.send(context.tx, {
    order: "summon",
    call: {
      ...{ needId, callNo: seat, id: who.poolId, stratum: who.stratum },
      callAt: instantText(context.now),
      answerByAt: instantText(context.now + answerMinutes * 60_000),
      meet: { city: context.lot.regionCode, siteCode: "site-1", at: windowStartAt, days: 1 },
    },
  });
}

export function nextSeatNo({ seats }: Pick<Committee, "seats">): number {
  return Math.max(0, ...seats.map(({ no }) => no)) + 1;
}

/** The next in draw order takes over an expert's seat; nobody left is said openly, and needs a new plan. */
export async function summonSubstitute(context: DecidingLot, ports: CommitteePorts, left: CommitteeSeat, cause: LeaveCause): Promise<void> {
  const { stratum, poolId } = left;
  if (stratum === null || poolId === null) return;
  const { drawId, needId, stream } = await getCommittee(context);
  const codes = (await ports.registerOf(context.tx, context.lot.id)).map(({ creditCode }) => creditCode);
  let next = await substitute(context, drawId, { stratum, out: poolId, reason: cause });
  while (next !== null && ports.pool.recusedBy(await rosterOf(context.tx, needId, [next]), codes).length > 0) {
    next = await substitute(context, drawId, { stratum, out: next, reason: "recused" });
  }
  if (next === null) await context.append(stream, "cmt.seatEmpty", { lotId: context.lot.id, stratum, replaces: left.no });
  else await summonOne(context, ports, { stratum, poolId: next, replaces: left.no });
}

/** A summoned seat is declined: by the pool's report or by the expert's own act. */
export async function declineSeat(
  context: DecidingLot,
  ports: CommitteePorts,
  seat: CommitteeSeat,
  wish: { cause: LeaveCause; veiled: string | null },
): Promise<void> {
  const { stream } = await getCommittee(context);
  const append = wish.veiled === null ? context.append : context.appendOpaque;
  await append(stream, "cmt.seatDeclined", { lotId: context.lot.id, seat: seat.no, reason: wish.cause, veiled: wish.veiled });
  await summonSubstitute(context, ports, seat, wish.cause);
}

/** Somebody who had accepted leaves: recusal, illness, sanction. What that member concluded is void (CON-056; the evaluation does it). */
export async function vacateSeat(
  context: DecidingLot,
  ports: CommitteePorts,
  seat: CommitteeSeat,
  wish: { cause: LeaveCause; ground: string; veiled: string | null },
): Promise<void> {
  const committee = await getCommittee(context);
  const append = wish.veiled === null ? context.append : context.appendOpaque;
  const { cause, ground, veiled } = wish;
  await append(committee.stream, "cmt.seatVacated", { lotId: context.lot.id, seat: seat.no, cause, ground, veiled });
  if (!seat.isExpert) return;
  await ports.pool.send(context.tx, {
    order: "cancelSummon",
    needId: committee.needId,
    callNo: seat.no,
    cause: cause === "recused" ? "recused" : "replaced",
  });
  await summonSubstitute(context, ports, seat, cause);
}

/** By the system: when every seat is filled the committee is formed, or whole again. */
export async function formIfWhole(context: DecidingLot): Promise<void> {
  const committee = await getCommittee(context);
  const { lot, procedure } = context;
  if (!isWhole(committee)) return;
  const seats = activeSeats(committee);
  if (committee.state === "short") {
    for (const seat of seats) {
      const left = vacatedBefore(committee, seat);
      if (left !== undefined && !committee.replaced.includes(left))
        await context.append(committee.stream, "cmt.seatReplaced", { lotId: lot.id, seat: left, by: seat.no });
    }
    await context.append(committee.stream, "cmt.recompleted", { lotId: lot.id, members: seats.length });
    return;
  }
  if (committee.state !== "forming") return;
  const experts = seats.filter(({ isExpert }) => isExpert).length;
  await context.append(committee.stream, "cmt.formed", { lotId: lot.id, experts, representatives: seats.length - experts });
  if (["open", "waiting"].includes(stepStatus(lot, procedure, "committee.form")))
    await completeStep(context, "committee.form", "formed", committee.stream);
}

/** The vacated seat that this one took over, past substitutes who declined; undefined when nobody had sat there. */
function vacatedBefore(committee: Committee, seat: CommitteeSeat): number | undefined {
  const before = committee.seats.find(({ no }) => no === seat.replaces);
  return before?.state === "declined" ? vacatedBefore(committee, before) : before?.state === "vacated" ? before.no : undefined;
}
