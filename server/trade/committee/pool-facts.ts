/**
 * What the pool reports, once each message id: a list, that it is too short, an answer to a call, a suspension.
 * A report that fits nothing we asked is recorded and fills no seat (expert-pool.md §4, EP06, EP11).
 */
import type { Instant } from "../../kernel/index.ts";
import { type Draw, drawOf, listDraw } from "../draw/index.ts";
import { type DecidingLot, type House, performAsSystem } from "../transaction/index.ts";
import type { Committee } from "./committee.ts";
import type { CandidateList, CommitteePorts, PoolFact } from "./ports.ts";
import { keepRoster } from "./seat-people.ts";
import { declineSeat, getCommittee, vacateSeat } from "./summon.ts";
import { findNeed } from "./views.ts";

/** @returns false when the same message was taken before, or the need is none of ours. */
export async function takePoolFact(
  house: House,
  ports: CommitteePorts,
  arrival: { fact: PoolFact; messageId: string; now: Instant },
): Promise<boolean> {
  const { fact, messageId, now } = arrival;
  const needId = fact.fact === "listed" ? fact.list.needId : fact.needId;
  const need = await findNeed(house.pool, needId);
  if (!need) return false;
  return performAsSystem(house, { lotId: need.lotId, commandId: `pool:${messageId}`, now }, async (context) => {
    const committee = await getCommittee(context);
    // An earlier need of the same lot was given up; what still comes for it has no effect.
    if (committee.needId === needId) await take(context, ports, { committee, fact });
  });
}

async function take(
  context: DecidingLot,
  ports: CommitteePorts,
  { committee, fact }: { committee: Committee; fact: PoolFact },
): Promise<void> {
  const { stream } = committee;
  const lotId = context.lot.id;
  switch (fact.fact) {
    case "listed":
      return takeList(context, committee, fact.list);
    case "listRefused":
      await context.append(stream, "cmt.listRefused", { lotId, reason: fact.reason });
      return;
    case "tooFew":
      // A band, never a count (expert-pool.md §4).
      await context.append(stream, "cmt.listTooFew", { lotId, stratum: fact.stratum, available: fact.available, offer: fact.offer });
      return;
    case "answered":
      return takeAnswer(context, ports, { committee, fact });
    case "suspended": {
      const seat = committee.seats.find(
        ({ poolId, state }) => poolId === fact.id && (state === "accepted" || state === "present" || state === "summoned"),
      );
      if (!seat) return;
      if (seat.state === "summoned") return declineSeat(context, ports, seat, { cause: "ineligible", veiled: null });
      return vacateSeat(context, ports, seat, { cause: "ineligible", ground: fact.cause, veiled: null });
    }
  }
}

async function takeList(context: DecidingLot, committee: Committee, list: CandidateList): Promise<void> {
  const draw = await drawOf(context.tx, committee.drawId);
  const refused = refusedList(draw, committee, list);
  const lotId = context.lot.id;
  if (refused) {
    await context.append(committee.stream, "cmt.listRefused", { lotId, reason: refused });
    return;
  }
  await keepRoster(context.tx, list);
  const { listVersion, listRoot, poolSig, asOf, entries } = list;
  const source = { needId: list.needId, listVersion, listRoot, poolSig, asOf };
  await context.append(committee.stream, "cmt.listTaken", { lotId, ...source, count: entries.length });
  const strata = committee.strata.map(({ id, quota }) => ({ id, quota }));
  await listDraw(
    context,
    committee.drawId,
    { kind: "select", pool: [...entries], strata, maxPerGroup: committee.maxPerEmployer, coefficients: [] },
    source,
  );
}

/** The list goes unchanged into the plan; a second one only before the freeze, with the next version (EP06). */
function refusedList(draw: Draw | undefined, committee: Committee, { listVersion, entries }: CandidateList): string | undefined {
  if (draw?.state !== "prepared") return "afterFreeze";
  if (listVersion < 1 || (draw.list !== null && listVersion < 2)) return "version";
  const known = new Set(committee.strata.map(({ id }) => id));
  return entries.some(({ strata }) => strata.some((id) => !known.has(id))) ? "strata" : undefined;
}

type Answered = Extract<PoolFact, { fact: "answered" }>;

async function takeAnswer(
  context: DecidingLot,
  ports: CommitteePorts,
  { committee, fact }: { committee: Committee; fact: Answered },
): Promise<void> {
  const { callNo, answer, at } = fact;
  const lotId = context.lot.id;
  const seat = committee.seats.find(({ no, isExpert }) => no === callNo && isExpert);
  if (!seat) {
    // EP11: an acceptance of a call that was never made is a ticket and fills no seat.
    await context.append(committee.stream, "cmt.answerUnknown", { lotId, callNo, answer, at });
    return;
  }
  if (answer === "accepted") {
    if (seat.state === "summoned" && !seat.called) await context.append(committee.stream, "cmt.callAccepted", { lotId, seat: seat.no, at });
    return;
  }
  if (seat.state === "summoned") return declineSeat(context, ports, seat, { cause: answer, veiled: null });
  // Accepted, and then not after all (expert-pool.md §4).
  if (seat.state === "accepted")
    return vacateSeat(context, ports, seat, { cause: answer, ground: fact.reasonCode ?? answer, veiled: null });
}
