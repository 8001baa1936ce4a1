/**
 * `evl.reject`, `evl.findFact`: qualification and conformity review (初步评审). Every member says of every bid
 * whether it conforms; a bid is rejected when more than half agree on one listed ground.
 */
import { Type } from "@sinclair/typebox";
import type { Json } from "../../../formats/jcs.ts";
import { refuse } from "../../kernel/index.ts";
import { type Act, type ActContext, act, closed, count, digest, judge, nullable, oneOf, text } from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";
import { type BidFinding, type Evaluation, evaluationOf } from "./evaluation.ts";
import { carriedRejections } from "./majority.ts";
import { mechanismOf } from "./mechanism.ts";
import { enterRoom, note, unknownBid } from "./room.ts";
import { groundIsListed } from "./rules/ground-is-listed.ts";

const finding = closed({
  bidDigest: digest("投标文件"),
  finding: oneOf("评审意见", "conforms", "reject"),
  ground: nullable(count("否决情形序号", 1, 200)),
  reason: nullable(text("理由", 1000)),
});

export function rejectBids(ports: EvaluationPorts): Act {
  return act({
    name: "evl.reject",
    title: { zh: "提出初步评审意见", en: "Record findings of the preliminary review" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-059"],
    data: closed({ findings: Type.Array(finding, { title: "逐份投标的意见", minItems: 1, maxItems: 500 }) }),
    async decide(context, { findings }) {
      const room = await enterRoom(context, ports, { command: "vote" });
      if ("refused" in room) return room;
      const { evaluation, seat, seats } = room;
      const unknown = findings.filter(({ bidDigest }) => !evaluation.bids.some((bid) => bid.bidDigest === bidDigest));
      if (unknown.length > 0) return unknownBid(unknown.map(({ bidDigest }) => bidDigest));
      const refusal = refusalOf(context, evaluation, findings);
      if (refusal) return refusal;
      await note(context, evaluation, "evl.voted", { seat: seat.no, findings: findings as unknown as Json });
      return settleRejections(context, seats);
    },
  });
}

function refusalOf(context: ActContext, evaluation: Evaluation, findings: readonly BidFinding[]) {
  const name = (bidDigest: string) => evaluation.bids.find((bid) => bid.bidDigest === bidDigest)?.name ?? bidDigest;
  const votes = findings
    .filter((one) => one.finding === "reject")
    .map(({ bidDigest, ground, reason }) => ({ bid: name(bidDigest), ground, reason }));
  return judge(context, [groundIsListed], { listed: evaluation.terms.method.rejectionGrounds.map(({ no }) => no), votes }).refusal;
}

/** Rejects what the votes now carry and restores what they carry no longer. */
export async function settleRejections(
  context: Pick<ActContext, "tx" | "lot" | "append"> & ActContext,
  seats: readonly number[],
): Promise<Record<string, unknown>> {
  const evaluation = (await evaluationOf(context.tx, context.lot)) as Evaluation;
  const carried = carriedRejections(evaluation, seats);
  for (const bidDigest of evaluation.rejected.keys()) {
    if (!carried.some((one) => one.bidDigest === bidDigest)) await note(context, evaluation, "evl.bidRestored", { bidDigest });
  }
  for (const one of carried) {
    if (!evaluation.rejected.has(one.bidDigest)) await note(context, evaluation, "evl.bidRejected", { ...one });
  }
  return { rejected: carried.map(({ bidDigest }) => bidDigest) };
}

/** The committee finds another row of a table than the bid's own figures point to. The chair records it; all sign it with the report. */
export function findFact(ports: EvaluationPorts): Act {
  return act({
    name: "evl.findFact",
    title: { zh: "认定客观分事实", en: "Find a fact that is scored" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-058"],
    data: closed({ bidDigest: digest("投标文件"), item: text("评审因素", 60), key: text("认定结果", 60), reason: text("依据", 1000) }),
    async decide(context, { bidDigest, item, key, reason }) {
      const room = await enterRoom(context, ports, { command: "findFact", asChair: true });
      if ("refused" in room) return room;
      const { evaluation } = room;
      if (!evaluation.bids.some((bid) => bid.bidDigest === bidDigest)) return unknownBid([bidDigest]);
      const table = mechanismOf(context.procedure, evaluation.terms.method.name)
        .factTables(evaluation.terms.method.tree)
        .find(({ id }) => id === item);
      if (!table?.rows.some((row) => row.key === key)) {
        return refuse("evaluation.criterion-not-in-document", {
          ruleId: "CON-058",
          law: "招标投标法实施条例(2019修订)",
          article: "第49条",
          message: "招标文件没有规定这一评审因素或者档次。",
          messageEn: "The tender document does not declare this item or row.",
          data: { item, key },
          whatToDo: "请按招标文件列明的档次认定。",
        });
      }
      await note(context, evaluation, "evl.factFound", { bidDigest, item, key, reason });
      return {};
    },
  });
}
