/** What the room, those who wait, and the asked bidder read. A member reads its own findings and sheet only, never another's. */

import { Type } from "@sinclair/typebox";
import { inTurn } from "../../runtime/database/index.ts";
import { nullable, type Read, type ReadContext, read } from "../transaction/index.ts";
import { type EvaluationPorts, type Seat, sittingSeats } from "./before.ts";
import { type Evaluation, evaluationOf, type JudgedBid } from "./evaluation.ts";
import { mechanismOf } from "./mechanism.ts";
import { rejectedBids, reportOn } from "./report-of.ts";
import { sheetOf } from "./sheet.ts";

const text = Type.String();
const whole = Type.Integer();
const maybe = nullable(text);
const fileRow = Type.Object({ name: text, size: whole, hash: text });
const figures = nullable(
  Type.Object({
    priceFen: text,
    durationDays: whole,
    quality: text,
    managerName: text,
    managerCertificate: text,
    validityDays: whole,
    depositForm: text,
  }),
);
const questionRow = Type.Object({
  no: whole,
  bidDigest: text,
  bidderName: text,
  purpose: text,
  text,
  askedAt: text,
  dueAt: text,
  answer: maybe,
  answeredAt: maybe,
  files: Type.Array(Type.Object({ name: text, sha256: text, size: whole })),
});
const rankedRow = Type.Object({ rank: whole, bidDigest: text, bidderId: text, bidderName: text, priceFen: text, score: text });
const rejectedRow = Type.Object({ bidDigest: text, bidderName: text, ground: whole, groundText: text, reason: text, votes: whole });
const valueRow = Type.Object({ id: text, bidId: Type.Optional(text), seat: Type.Optional(text), value: text, shown: text });
const item = Type.Object({ id: text, label: text, min: text, max: text, step: text, criteria: text });
const table = Type.Object({ id: text, label: text, rows: Type.Array(Type.Object({ key: text, when: text, score: text })) });

async function ownSeat({ tx, lot, actor }: ReadContext, ports: EvaluationPorts): Promise<Seat | undefined> {
  return actor && sittingSeats(await ports.committeeOf(tx, lot.id)).find(({ personId }) => personId === actor.personId);
}

export function roomRead(ports: EvaluationPorts): Read {
  return read({
    path: "/lots/:lotId/evaluation",
    title: "评标大厅",
    group: "evaluation.seat",
    response: Type.Object({
      state: text,
      seat: whole,
      chair: nullable(whole),
      isChair: Type.Boolean(),
      method: Type.Object({ name: text, title: text }),
      grounds: Type.Array(Type.Object({ no: whole, text })),
      items: Type.Array(item),
      tables: Type.Array(table),
      bids: Type.Array(
        Type.Object({
          bidDigest: text,
          bidderName: text,
          figures,
          files: Type.Array(fileRow),
          flags: Type.Array(text),
          rows: Type.Record(text, text),
          rejected: nullable(rejectedRow),
          finding: nullable(Type.Object({ finding: text, ground: nullable(whole), reason: maybe })),
        }),
      ),
      questions: Type.Array(questionRow),
      sheet: nullable(Type.Object({ sheet: text, state: text, scores: Type.Record(text, Type.Record(text, text)) })),
      progress: Type.Object({ seats: whole, findings: whole, sheets: whole, signatures: whole }),
      computed: nullable(Type.Object({ resultDigest: text, at: text, ranking: Type.Array(rankedRow), values: Type.Array(valueRow) })),
      extendedUntil: maybe,
    }),
    async load(context) {
      const seat = await ownSeat(context, ports);
      const evaluation = seat && (await evaluationOf(context.tx, context.lot));
      return seat && evaluation ? roomOf(context, { seat, evaluation, ports }) : undefined;
    },
  });
}

async function roomOf(context: ReadContext, { seat, evaluation, ports }: { seat: Seat; evaluation: Evaluation; ports: EvaluationPorts }) {
  const { method } = evaluation.terms;
  const mechanism = mechanismOf(context.procedure, method.name);
  const committee = await ports.committeeOf(context.tx, context.lot.id);
  const opened = await ports.openedBids(context.tx, context.lot.id);
  const sheet = await sheetOf(context.tx, evaluation.sheets.get(seat.no));
  const rejected = rejectedBids(evaluation);
  const { computed } = evaluation;
  return {
    state: evaluation.state,
    seat: seat.no,
    chair: committee?.chair ?? null,
    isChair: committee?.chair === seat.no,
    method: { name: method.name, title: method.title },
    grounds: [...method.rejectionGrounds],
    items: [...mechanism.sheetItems(method.tree)],
    tables: mechanism.factTables(method.tree).map(({ id, label, rows }) => ({ id, label, rows: [...rows] })),
    bids: evaluation.bids.map((bid) => ({
      bidDigest: bid.bidDigest,
      bidderName: bid.name,
      figures: figuresOf(bid),
      files: [...(opened.find(({ bidDigest }) => bidDigest === bid.bidDigest)?.files ?? [])],
      flags: [...(evaluation.facts.get(bid.bidDigest)?.flags ?? [])],
      rows: { ...evaluation.facts.get(bid.bidDigest)?.rows },
      rejected: rejected.map((one) => ({ ...one, bidderName: one.name })).find(({ bidDigest }) => bidDigest === bid.bidDigest) ?? null,
      finding: evaluation.findings.get(seat.no)?.get(bid.bidDigest) ?? null,
    })),
    questions: questionsOf(evaluation),
    sheet: sheet ? { sheet: sheet.id, state: sheet.state, scores: copied(sheet.scores) } : null,
    progress: await progressOf(context, evaluation, ports),
    computed: computed && {
      resultDigest: computed.resultDigest,
      at: computed.at,
      ranking: rankedRows(computed.ranking),
      values: [...computed.values],
    },
    extendedUntil: evaluation.extendedUntil,
  };
}

const copied = (scores: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
  Object.fromEntries(Object.entries(scores).map(([bid, items]) => [bid, { ...items }]));

function figuresOf({ figures: form }: Pick<JudgedBid, "figures">) {
  if (!form) return null;
  const { priceFen, durationDays, quality, validityDays, depositForm, projectManager } = form;
  return {
    priceFen,
    durationDays,
    quality,
    validityDays,
    depositForm,
    managerName: projectManager.name,
    managerCertificate: projectManager.certificate,
  };
}

function rankedRows(ranking: NonNullable<Evaluation["computed"]>["ranking"]) {
  return ranking.map(({ rank, bidDigest, partyId, name, priceFen, score }) => ({
    rank,
    bidDigest,
    bidderId: partyId,
    bidderName: name,
    priceFen,
    score,
  }));
}

function questionsOf({ questions, bids }: Evaluation, organisation?: string) {
  return questions
    .filter((one) => organisation === undefined || one.organisation === organisation)
    .map(({ no, bidDigest, purpose, text: words, askedAt, dueAt, answer }) => ({
      no,
      bidDigest,
      bidderName: bids.find((bid) => bid.bidDigest === bidDigest)?.name ?? "",
      purpose,
      text: words,
      askedAt,
      dueAt,
      answer: answer?.text ?? null,
      answeredAt: answer?.at ?? null,
      files: [...(answer?.files ?? [])],
    }));
}

async function progressOf({ tx, lot }: ReadContext, evaluation: Evaluation, ports: EvaluationPorts) {
  const seats = sittingSeats(await ports.committeeOf(tx, lot.id)).map(({ no }) => no);
  const sheets = await inTurn(seats, (seat) => sheetOf(tx, evaluation.sheets.get(seat)));
  return {
    seats: seats.length,
    findings: seats.filter((seat) => evaluation.findings.get(seat)?.size === evaluation.bids.length).length,
    sheets: sheets.filter((sheet) => sheet && sheet.state !== "open").length,
    signatures: seats.filter((seat) => evaluation.signatures.has(seat)).length,
  };
}

/** Buyer, centre and supervisor see how far the committee is, and nothing of what it thinks. */
export function progressRead(ports: EvaluationPorts): Read {
  return read({
    path: "/lots/:lotId/evaluation/progress",
    title: "评标进度",
    group: "evaluation.progress",
    response: Type.Object({
      state: text,
      begunAt: maybe,
      reportedAt: maybe,
      bids: whole,
      progress: Type.Object({ seats: whole, findings: whole, sheets: whole, signatures: whole }),
    }),
    async load(context) {
      const evaluation = await evaluationOf(context.tx, context.lot);
      if (!evaluation)
        return {
          state: "waiting",
          begunAt: null,
          reportedAt: null,
          bids: 0,
          progress: { seats: 0, findings: 0, sheets: 0, signatures: 0 },
        };
      const progress = await progressOf(context, evaluation, ports);
      return {
        state: evaluation.state,
        begunAt: evaluation.begunAt,
        reportedAt: evaluation.reported?.at ?? null,
        bids: evaluation.bids.length,
        progress,
      };
    },
  });
}

export const reportRead = read({
  path: "/lots/:lotId/evaluation/report",
  title: "评标报告",
  group: "evaluation.report",
  response: Type.Object({
    reportedAt: text,
    method: Type.Object({ name: text, title: text }),
    ranking: Type.Array(rankedRow),
    candidates: Type.Array(rankedRow),
    rejected: Type.Array(rejectedRow),
    values: Type.Array(valueRow),
    questions: Type.Array(questionRow),
    signatures: Type.Array(Type.Object({ seat: whole, how: text, dissent: maybe, at: text })),
    resultDigest: text,
  }),
  async load({ tx, lot, actor }) {
    const evaluation = await evaluationOf(tx, lot);
    const report = evaluation && reportOn(evaluation);
    if (!evaluation || !report || !actor) return undefined;
    return {
      reportedAt: report.reportedAt,
      method: report.method,
      ranking: rankedRows(report.ranking),
      candidates: rankedRows(report.candidates),
      rejected: report.rejected.map((one) => ({ ...one, bidderName: one.name })),
      // 各成员的打分只给监督部门和评标委员会; the buyer reads the values without seats.
      values: report.values.filter(({ seat }) => seat === undefined || actor.role === "supervisor"),
      questions: questionsOf(evaluation),
      signatures: report.signatures.map(({ seat, how, dissent, at }) => ({ seat, how, dissent, at })),
      resultDigest: report.resultDigest,
    };
  },
});

/** The bidder reads what it was asked itself. */
export const clarificationsRead = read({
  path: "/lots/:lotId/clarifications",
  title: "澄清通知",
  group: "own",
  response: Type.Object({ items: Type.Array(questionRow) }),
  async load({ tx, lot, actor }) {
    const evaluation = actor && (await evaluationOf(tx, lot));
    return { items: evaluation ? questionsOf(evaluation, actor.organisationId) : [] };
  },
});
