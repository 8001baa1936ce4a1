/** `awd.decide`, `awd.chooseNext`, `awd.giveUp`: the buyer's decision, by rank where the law says so (实施条例 第五十五条). */
import { addDays, dayOf, dutyDue, endOfDay, instantText, type Refusal, refuse } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import {
  type ActContext,
  act,
  closed,
  completeStep,
  count,
  effectiveAt,
  failLot,
  judge,
  setMilestone,
  startRun,
  stepsBefore,
  text,
} from "../transaction/index.ts";
import { type Candidate, remainingCandidates } from "./award.ts";
import { type Desk, openDesk } from "./desk.ts";
import { bidIsStillValid, type WinnerFacts, winnerIsRankOne } from "./rules/winner-is-lawful.ts";

const data = closed({ rank: count("中标候选人名次", 1, 20), reason: text("定标理由", 2000) });

export const decideAward = act({
  name: "awd.decide",
  title: { zh: "确定中标人", en: "Decide the winner" },
  who: ["buyer"],
  about: "lot",
  lock: "exclusive",
  step: "award.decide",
  rules: ["CON-072", "CON-097"],
  data,
  async decide(context, { rank, reason }) {
    const desk = await openDesk(context, "decide");
    if ("refused" in desk) return desk;
    const chosen = await choose(context, desk, { rank, reason });
    if ("refused" in chosen) return chosen;
    await context.append(desk.stream, "awd.decided", chosen);
    await completeStep(context, "award.decide", "decided", desk.stream);
    return armReport(context);
  },
});

/** 依次确定其他中标候选人: after the first gave up, was revoked or did not sign. */
export const chooseNext = act({
  name: "awd.chooseNext",
  title: { zh: "依次递补中标人", en: "Choose the next candidate" },
  who: ["buyer"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-072", "CON-097"],
  data,
  async decide(context, { rank, reason }) {
    const desk = await openDesk(context, "chooseNext");
    if ("refused" in desk) return desk;
    const chosen = await choose(context, desk, { rank, reason });
    if ("refused" in chosen) return chosen;
    await context.append(desk.stream, "awd.nextChosen", chosen);
    // Result and letter are given anew: a run begins there, and the decision before it stands.
    if (context.lot.done.has("award.publishResult")) {
      await startRun(context, context.lot.pass, "awd.nextChosen", stepsBefore(context.lot, context.procedure, "award.publishResult"));
    }
    return armReport(context);
  },
});

export const giveUp = act({
  name: "awd.giveUp",
  title: { zh: "不再递补，重新招标", en: "Choose nobody; tender again" },
  who: ["buyer"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-072"],
  data: closed({ cause: text("原因", 1000) }),
  async decide(context, { cause }) {
    const desk = await openDesk(context, "giveUp");
    if ("refused" in desk) return desk;
    await context.append(desk.stream, "awd.givenUp", { cause });
    await failLot(context, "noWinner");
    return {};
  },
});

async function choose(context: ActContext, { award, report }: Desk, { rank, reason }: { rank: number; reason: string }) {
  const remaining = award ? remainingCandidates(award) : [];
  const candidate = remaining.find((one) => one.rank === rank);
  if (!award || !candidate) return noCandidate(rank, remaining);
  const { mandatory, fundSource } = await scopeFactsOf(context.tx, context.lot);
  const facts: WinnerFacts = {
    mandatory: mandatory === true,
    stateFunds: fundSource === "state" || fundSource === "budget",
    rank,
    bestRank: remaining[0]?.rank ?? rank,
    validUntil: validUntil(context, candidate, { award, days: validityDays(report, candidate) }),
    on: dayOf(context.now),
  };
  const { refusal, decisions } = judge(context, [winnerIsRankOne, bidIsStillValid], facts);
  if (refusal) return refusal;
  const { organisation, bidDigest, name, priceFen } = candidate;
  return { no: award.decisions.length + 1, rank, organisation, bidDigest, name, priceFen, reason, decisions };
}

function noCandidate(rank: number, remaining: readonly Candidate[]): Refusal {
  return refuse("award.no-such-candidate", {
    message: `没有第 ${rank} 名中标候选人，或者其已经放弃、被撤销。`,
    messageEn: "There is no such candidate, or it has fallen away.",
    data: { rank, remaining: remaining.map((one) => String(one.rank)) },
    whatToDo: "请在公示的中标候选人中确定；没有可以递补的候选人的，重新招标。",
  });
}

/** What the bid itself offers; a shorter one was a matter for the committee. */
function validityDays({ bids, terms }: Desk["report"], { bidDigest }: Candidate): number {
  return bids.find((bid) => bid.bidDigest === bidDigest)?.figures?.validityDays ?? terms.bidValidityDays;
}

/** The bid validity runs from the bid deadline (实施条例 第二十五条), or to the day to which the bidder agreed. */
function validUntil(
  { lot, now }: ActContext,
  { organisation }: Candidate,
  { award, days }: { award: NonNullable<Desk["award"]>; days: number },
): string {
  if (award.validity?.agreed.includes(organisation)) return award.validity.untilOn;
  return addDays(dayOf(effectiveAt(lot, "bidDeadline") ?? now), days);
}

/** The written report is due fifteen days after the decision (CON-077): a duty, never a gate. */
async function armReport(context: ActContext) {
  const due = dutyDue(context.law.rule("CON-077"), context.now, context.calendar);
  const refusal = await setMilestone(
    context,
    "tenderReportDue",
    endOfDay(due.on),
    due.calendarPending ? "awd.decided, calendarPending" : "awd.decided",
  );
  return refusal ?? { reportDueAt: instantText(endOfDay(due.on)) };
}
