/**
 * `evl.compute`: locks the sheets and computes the result by the declared method. Every intermediate value
 * goes into the record, so that anybody with the bids and sheets can compute it again.
 */
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { instantText, type Refusal, refuse } from "../../kernel/index.ts";
import type { Queryable, Transaction } from "../../runtime/database/index.ts";
import {
  type Act,
  type ActContext,
  act,
  closed,
  completeStep,
  judge,
  loadLot,
  type Procedure,
  setMilestone,
} from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";
import { type Evaluation, evaluationOf, type JudgedBid, type RankedBid, validBids } from "./evaluation.ts";
import { type MechanismResult, mechanismOf } from "./mechanism.ts";
import { enterRoom, note } from "./room.ts";
import { excludedBidsAreRejected } from "./rules/ground-is-listed.ts";
import { timeIsEnough } from "./rules/time-is-enough.ts";
import { type Sheet, sheetOf } from "./sheet.ts";

/** How long members have to sign; the law names no number, so this is the platform's own. */
export const signingHours = 24;

export function computeResult(ports: EvaluationPorts): Act {
  return act({
    name: "evl.compute",
    title: { zh: "汇总评分并计算结果", en: "Compute the result" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.score",
    rules: ["CON-057", "CON-058", "CON-059"],
    data: closed({}),
    async decide(context) {
      const room = await enterRoom(context, ports, { command: "compute", asChair: true });
      if ("refused" in room) return room;
      const { evaluation, seats } = room;
      const waits = judge(context, [timeIsEnough], timeFacts(evaluation, seats, context.now)).refusal;
      if (waits) return waits;
      const sheets = await submittedSheets(context, evaluation, seats);
      if ("refused" in sheets) return sheets;
      const result = await evaluate(context, ports, evaluation, sheets);
      return "refused" in result ? result : finish(context, evaluation, { sheets, result });
    },
  });
}

function timeFacts({ timeAsked, extendedUntil }: Evaluation, seats: readonly number[], now: number) {
  const asking = seats.filter((seat) => (timeAsked.get(seat) ?? 0) > 0).length;
  return { asking, seats: seats.length, timeOver: extendedUntil !== null && now > Date.parse(extendedUntil), until: extendedUntil };
}

async function submittedSheets(
  context: ActContext,
  evaluation: Evaluation,
  seats: readonly number[],
): Promise<ReadonlyMap<number, Sheet> | Refusal> {
  const sheets = new Map<number, Sheet>();
  for (const seat of seats) {
    const sheet = await sheetOf(context.tx, evaluation.sheets.get(seat));
    if (sheet && sheet.state !== "open") sheets.set(seat, sheet);
  }
  const missing = seats.filter((seat) => !sheets.has(seat));
  if (missing.length === 0) return sheets;
  return refuse("evaluation.sheets-missing", {
    law: "招标投标法",
    article: "第四十条",
    message: `尚有成员未提交评分表：${missing.map((seat) => `${seat} 号席`).join("、")}。`,
    messageEn: "Some members have not submitted their sheets.",
    data: { seats: missing.map(String) },
    whatToDo: "请等待全部在席成员提交评分表。",
  });
}

async function evaluate(
  context: ActContext,
  ports: EvaluationPorts,
  evaluation: Evaluation,
  sheets: ReadonlyMap<number, Sheet>,
): Promise<MechanismResult | Refusal> {
  const { method } = evaluation.terms;
  const mechanism = mechanismOf(context.procedure, method.name);
  const bids = validBids(evaluation);
  const formless = bids.filter(({ figures }) => figures === null);
  if (formless.length > 0)
    return judge(context, [excludedBidsAreRejected], { excluded: formless.map(({ name }) => name) }).refusal as Refusal;
  const input = inputOf(evaluation, sheets);
  const first = mechanism.evaluate(input);
  const refusal = judge(context, [excludedBidsAreRejected], {
    excluded: namesOf(
      bids,
      first.excluded.map(({ bidId }) => bidId),
    ),
  }).refusal;
  if (refusal) return refusal;
  if (first.needsDraw.length === 0) return first;
  const order = await ports.tieOrder(context.tx, context.lot.id, first.needsDraw.flat());
  return order ? mechanism.evaluate({ ...input, tieOrder: order }) : tieRefusal(namesOf(bids, first.needsDraw.flat()));
}

function inputOf(evaluation: Evaluation, sheets: ReadonlyMap<number, Sheet>) {
  const register = [...validBids(evaluation)].sort((a, b) => a.handedIn - b.handedIn);
  const bids = register.map((bid) => mechanismBid(bid, evaluation, sheets));
  return { tree: evaluation.terms.method.tree, bids, draws: evaluation.draws };
}

/** Digests of bids that only a draw can part, once all sheets are in; empty otherwise. */
export async function tiedBids(db: Queryable, lotId: string, procedureOf: (id: string) => Procedure): Promise<readonly string[]> {
  const lot = await loadLot(db as Transaction, lotId);
  const evaluation = lot && (await evaluationOf(db, lot));
  if (!evaluation || validBids(evaluation).some(({ figures }) => figures === null)) return [];
  const sheets = new Map<number, Sheet>();
  for (const [seat, id] of evaluation.sheets) {
    const sheet = await sheetOf(db, id);
    if (sheet && sheet.state !== "void") sheets.set(seat, sheet);
  }
  if ([...sheets.values()].some(({ state }) => state === "open") || sheets.size === 0) return [];
  return mechanismOf(procedureOf(lot.procedureId), evaluation.terms.method.name).evaluate(inputOf(evaluation, sheets)).needsDraw.flat();
}

function mechanismBid({ bidDigest, figures }: JudgedBid, evaluation: Evaluation, sheets: ReadonlyMap<number, Sheet>) {
  return {
    bidId: bidDigest,
    priceFen: BigInt(figures?.priceFen ?? "0"),
    facts: evaluation.facts.get(bidDigest)?.rows ?? {},
    sheets: [...sheets].map(([seat, sheet]) => ({ seat: String(seat), scores: sheet.scores[bidDigest] ?? {} })),
  };
}

function namesOf(bids: readonly JudgedBid[], digests: readonly string[]): string[] {
  return bids.filter(({ bidDigest }) => digests.includes(bidDigest)).map(({ name }) => name);
}

function tieRefusal(names: readonly string[]): Refusal {
  return refuse("evaluation.tie-needs-draw", {
    message: `${names.join("、")} 按招标文件规定须公开抽取确定排序。`,
    messageEn: "These bids are equal; the document demands a public draw between them.",
    data: { bids: names },
    whatToDo: "请先举行排序抽取并公布结果，再汇总。",
  });
}

async function finish(
  context: ActContext,
  evaluation: Evaluation,
  { sheets, result }: { sheets: ReadonlyMap<number, Sheet>; result: MechanismResult },
) {
  for (const sheet of sheets.values()) if (sheet.state === "submitted") await context.append(sheet.id, "sht.locked", {});
  const ranking: RankedBid[] = result.ranking.map(({ rank, bidId, result: score }) => {
    const { bidDigest, partyId, organisation, name, figures } = evaluation.bids.find((bid) => bid.bidDigest === bidId) as JudgedBid;
    return { rank, bidDigest, partyId, organisation, name, priceFen: figures?.priceFen ?? "0", score };
  });
  const data = { values: result.values, ranking, seats: [...sheets.keys()] } as unknown as Record<string, Json>;
  const resultDigest = digestOf(data);
  await note(context, evaluation, "evl.computed", { ...data, resultDigest });
  await completeStep(context, "evaluation.score", "scored", evaluation.stream);
  const refusal = await setMilestone(context, "reportSigningEnd", context.now + signingHours * 3_600_000, "evl.computed");
  return (
    refusal ?? {
      ranking: ranking.map(({ rank, name, score }) => ({ rank, name, score })),
      resultDigest,
      signUntil: instantText(context.now + signingHours * 3_600_000),
    }
  );
}
