/** What a member, or an asked bidder, should do next in the evaluation. */

import { instantText } from "../../kernel/index.ts";
import { inTurn } from "../../runtime/database/index.ts";
import { blockingHold, effectiveAt, type NextStep, type ReadContext, stepStatus } from "../transaction/index.ts";
import { type EvaluationPorts, sittingSeats } from "./before.ts";
import { type Evaluation, evaluationOf, validBids } from "./evaluation.ts";
import { missingFindings } from "./majority.ts";
import { sheetOf } from "./sheet.ts";

const step = (act: string, zh: string, en: string, more: Partial<NextStep> = {}): NextStep => ({
  act,
  title: { zh, en },
  dueAt: null,
  rules: [],
  ...more,
});

export async function evaluationSteps(context: ReadContext, ports: EvaluationPorts): Promise<NextStep[]> {
  const { tx, lot, actor, procedure } = context;
  if (!actor || lot.state !== "running" || blockingHold(lot, "evaluation.examine")) return [];
  const evaluation = await evaluationOf(tx, lot);
  if (actor.role === "bidder") return evaluation ? answersDue(evaluation, actor.organisationId) : [];
  const committee = await ports.committeeOf(tx, lot.id);
  const seats = sittingSeats(committee);
  const seat = seats.find(({ personId }) => personId === actor.personId);
  if (!seat) return [];
  const isChair = committee?.chair === seat.no;
  const isOpen = (name: string) => stepStatus(lot, procedure, name) === "open";
  if (isOpen("evaluation.examine")) {
    if (!evaluation || evaluation.run !== lot.run) {
      const begins = !evaluation || evaluation.state === "annulled";
      if (begins) return isChair ? [step("evl.begin", "开始评标", "Begin the evaluation", { fill: {} })] : [];
    }
    return evaluation ? examination(evaluation, { seat: seat.no, seats: seats.map(({ no }) => no), isChair }) : [];
  }
  if (evaluation && isOpen("evaluation.score"))
    return scoring(context, evaluation, { seat: seat.no, seats: seats.map(({ no }) => no), isChair });
  return evaluation && isOpen("evaluation.report")
    ? signing(context, evaluation, { seat: seat.no, seats: seats.map(({ no }) => no), isChair })
    : [];
}

interface Position {
  seat: number;
  seats: readonly number[];
  isChair: boolean;
}

function answersDue({ questions }: Evaluation, organisation: string): NextStep[] {
  return questions
    .filter((one) => one.organisation === organisation && one.answer === null)
    .map(({ no, dueAt }) =>
      step("evl.answerBidder", "答复澄清通知", "Answer the request to clarify", {
        dueAt,
        rules: ["CON-060"],
        fill: { no, changesSubstance: false, files: [] },
      }),
    );
}

function examination(evaluation: Evaluation, { seat, seats, isChair }: Position): NextStep[] {
  const own = missingFindings(evaluation, [seat]);
  const fill = { findings: own.map(({ bidDigest }) => ({ bidDigest, finding: "conforms", ground: null, reason: null })) };
  return [
    ...(own.length > 0 ? [step("evl.reject", "提出初步评审意见", "Record your findings", { rules: ["CON-059"], fill })] : []),
    ...(isChair && missingFindings(evaluation, seats).length === 0
      ? [step("evl.concludeStep", "结束初步评审", "Conclude the review", { rules: ["CON-061"], fill: {} })]
      : []),
  ];
}

async function scoring({ tx }: ReadContext, evaluation: Evaluation, { seat, seats, isChair }: Position): Promise<NextStep[]> {
  const sheets = await inTurn(seats, async (no) => ({ no, sheet: await sheetOf(tx, evaluation.sheets.get(no)) }));
  const isOpen = ({ sheet }: (typeof sheets)[number]) => !sheet || sheet.state === "open";
  const own = sheets.find(({ no }) => no === seat);
  return [
    ...(own && isOpen(own)
      ? [step("sht.submit", `为 ${validBids(evaluation).length} 份投标评分`, "Score the bids", { rules: ["CON-058"] })]
      : []),
    ...(isChair && !sheets.some(isOpen) ? [step("evl.compute", "汇总评分并计算结果", "Compute the result", { fill: {} })] : []),
  ];
}

function signing({ lot }: ReadContext, evaluation: Evaluation, { seat, seats, isChair }: Position): NextStep[] {
  const end = effectiveAt(lot, "reportSigningEnd");
  const dueAt = end === undefined ? null : instantText(end);
  const fill = { resultDigest: evaluation.computed?.resultDigest, will: "agree", dissent: null };
  return [
    ...(evaluation.signatures.has(seat)
      ? []
      : [step("evl.signReport", "签署评标报告", "Sign the report", { dueAt, rules: ["CON-064"], fill })]),
    ...(isChair && seats.every((no) => evaluation.signatures.has(no))
      ? [
          step("evl.report", "提交评标报告", "Hand over the report", {
            rules: ["CON-065"],
            fill: { candidates: Math.min(3, evaluation.computed?.ranking.length ?? 0) },
          }),
        ]
      : []),
  ];
}
