/** What the public, the buyer and the bidders read of the award. */
import { Type } from "@sinclair/typebox";
import { reportOf } from "../evaluation/index.ts";
import { blockingHold, nullable, type Read, read } from "../transaction/index.ts";
import { type Award, awardOn, remainingCandidates, standingDecision } from "./award.ts";

const text = Type.String();
const whole = Type.Integer();
const maybe = nullable(text);

const candidateRow = Type.Object({
  rank: whole,
  bidderId: text,
  bidderName: text,
  priceFen: text,
  score: text,
  quality: text,
  durationDays: whole,
  managerName: text,
  managerCertificate: text,
  qualificationResponse: text,
});
const decisionRow = Type.Object({
  no: whole,
  rank: whole,
  bidderName: text,
  priceFen: text,
  reason: text,
  at: text,
  ended: nullable(Type.Object({ how: text, cause: text, at: text })),
});
const resultRow = nullable(Type.Object({ winnerName: text, priceFen: text, at: text, text }));

function candidateRows(candidates: Award["candidates"]) {
  return candidates.map(({ partyId, name, organisation: _, bidDigest: __, ...row }) => ({ ...row, bidderId: partyId, bidderName: name }));
}

function resultOf(award: Award) {
  const winner = standingDecision(award);
  return award.result && winner ? { winnerName: winner.name, priceFen: winner.priceFen, ...award.result } : null;
}

/** 中标候选人公示与中标结果公告: nothing before it is published. */
export const awardRead = read({
  path: "/lots/:lotId/award",
  title: "中标候选人与中标结果",
  group: "award.public",
  response: Type.Object({
    state: text,
    candidates: Type.Array(candidateRow),
    rejected: Type.Array(Type.Object({ bidderName: text, ground: whole, groundText: text, reason: text })),
    objectionChannel: text,
    publishedAt: maybe,
    publicityEndsAt: maybe,
    onHold: nullable(Type.Object({ cause: text })),
    result: resultRow,
    letterSentAt: maybe,
  }),
  async load({ tx, lot }) {
    const award = await awardOn(tx, lot);
    if (!award?.publishedAt) return undefined;
    const report = await reportOf(tx, lot.id);
    const hold = blockingHold(lot, "award.decide");
    return {
      state: award.state,
      candidates: candidateRows(award.candidates),
      rejected: (report?.rejected ?? []).map(({ name, ground, groundText, reason }) => ({ bidderName: name, ground, groundText, reason })),
      objectionChannel: award.objectionChannel,
      publishedAt: award.publishedAt,
      publicityEndsAt: award.publicityEndsAt,
      onHold: hold ? { cause: hold.cause } : null,
      result: resultOf(award),
      letterSentAt: award.letter?.at ?? null,
    };
  },
});

/** The award desk of the buyer: what may be decided, on what ground, and what stands in the way. */
export const awardDeskRead = read({
  path: "/lots/:lotId/award/desk",
  title: "定标工作台",
  group: "award.desk",
  response: Type.Object({
    state: text,
    reportedAt: maybe,
    ranking: Type.Array(Type.Object({ rank: whole, bidderName: text, priceFen: text, score: text })),
    remaining: Type.Array(whole),
    publicityDays: nullable(whole),
    decisions: Type.Array(decisionRow),
    holds: Type.Array(Type.Object({ id: text, cause: text, blocks: Type.Array(text) })),
    losers: Type.Array(text),
    report: nullable(Type.Object({ at: text })),
    validity: nullable(Type.Object({ untilOn: text, agreed: whole, declined: whole })),
  }),
  async load({ tx, lot }) {
    const [award, report] = [await awardOn(tx, lot), await reportOf(tx, lot.id)];
    const winner = award && standingDecision(award);
    return {
      state: award?.state ?? "waiting",
      reportedAt: report?.reportedAt ?? null,
      ranking: (report?.ranking ?? []).map(({ rank, name, priceFen, score }) => ({ rank, bidderName: name, priceFen, score })),
      remaining: award ? remainingCandidates(award).map(({ rank }) => rank) : [],
      publicityDays: report?.terms.publicityDays ?? null,
      decisions: (award?.decisions ?? []).map(({ no, rank, name, priceFen, reason, at, ended }) => ({
        no,
        rank,
        bidderName: name,
        priceFen,
        reason,
        at,
        ended,
      })),
      holds: [...lot.holds.values()].map(({ id, cause, blocks }) => ({ id, cause, blocks: [...blocks] })),
      losers: winner ? (report?.bids ?? []).filter(({ organisation }) => organisation !== winner.organisation).map(({ name }) => name) : [],
      report: award?.report ? { at: award.report.at } : null,
      validity: award?.validity
        ? { untilOn: award.validity.untilOn, agreed: award.validity.agreed.length, declined: award.validity.declined.length }
        : null,
    };
  },
});

/** The bidder's own outcome, told when the letter goes out. */
export const outcomeRead = read({
  path: "/lots/:lotId/outcome",
  title: "我的投标结果",
  group: "own",
  response: Type.Object({ outcome: text, winnerName: maybe, rank: nullable(whole), score: maybe, toldAt: maybe }),
  async load({ tx, lot, actor }) {
    const award = await awardOn(tx, lot);
    const report = await reportOf(tx, lot.id);
    const own = report?.ranking.find(({ organisation }) => organisation === actor?.organisationId);
    const winner = award && standingDecision(award);
    if (!actor || !award?.letter || !winner) return { outcome: "open", winnerName: null, rank: null, score: null, toldAt: null };
    const outcome =
      winner.organisation === actor.organisationId ? "won" : award.letter.told.includes(actor.organisationId) ? "lost" : "none";
    return { outcome, winnerName: winner.name, rank: own?.rank ?? null, score: own?.score ?? null, toldAt: award.letter.at };
  },
});

export const awardReads: readonly Read[] = [awardRead, awardDeskRead, outcomeRead];
