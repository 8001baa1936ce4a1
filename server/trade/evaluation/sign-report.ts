/**
 * `evl.signReport`, `evl.report`: all members sign. A refusal with reasons is written into the report, one
 * without reasons is consent, and so is silence when the time to sign is over (实施条例 第五十三条).
 */
import { refuse } from "../../kernel/index.ts";
import {
  type Act,
  act,
  closed,
  completeStep,
  count,
  type DecidingLot,
  digest,
  judge,
  nullable,
  oneOf,
  text,
} from "../transaction/index.ts";
import { type EvaluationPorts, sittingSeats } from "./before.ts";
import { evaluationOf } from "./evaluation.ts";
import { enterRoom, note } from "./room.ts";
import { candidatesAreFew, everybodySigned } from "./rules/report-is-whole.ts";

const common = { who: ["expert", "buyer"], about: "lot", lock: "exclusive", step: "evaluation.report" } as const;

export function signReport(ports: EvaluationPorts): Act {
  return act({
    ...common,
    name: "evl.signReport",
    title: { zh: "签署评标报告", en: "Sign the evaluation report" },
    rules: ["CON-064"],
    data: closed({
      /** What is signed: the computed result. */
      resultDigest: digest("评标结果摘要"),
      will: oneOf("签署意见", "agree", "refuse"),
      dissent: nullable(text("不同意见和理由", 4000)),
    }),
    async decide(context, { resultDigest, will, dissent }) {
      const room = await enterRoom(context, ports, { command: "signReport" });
      if ("refused" in room) return room;
      const { evaluation, seat } = room;
      if (evaluation.computed?.resultDigest !== resultDigest) {
        return refuse("evaluation.result-differs", {
          message: "您看到的评标结果不是当前结果，请刷新后重新签署。",
          messageEn: "The result that you signed is not the present one.",
          data: { resultDigest: evaluation.computed?.resultDigest ?? null },
        });
      }
      const how = will === "agree" ? "signed" : dissent ? "dissent" : "silent";
      await note(context, evaluation, "evl.reportSigned", {
        seat: seat.no,
        how,
        act: context.cause.act?.digest ?? null,
        dissent: how === "dissent" ? dissent : null,
      });
      return { how };
    },
  });
}

/** 拒绝签字又不书面说明的，视为同意: whoever has said nothing when the time is over. */
export async function deemSilent(context: DecidingLot, ports: EvaluationPorts): Promise<void> {
  const evaluation = await evaluationOf(context.tx, context.lot);
  if (evaluation?.state !== "reporting") return;
  for (const { no } of sittingSeats(await ports.committeeOf(context.tx, context.lot.id))) {
    if (!evaluation.signatures.has(no))
      await note(context, evaluation, "evl.reportSigned", { seat: no, how: "deemed", act: null, dissent: null });
  }
}

export function report(ports: EvaluationPorts): Act {
  return act({
    ...common,
    name: "evl.report",
    title: { zh: "提交评标报告", en: "Hand over the evaluation report" },
    rules: ["CON-064", "CON-065"],
    data: closed({ candidates: count("推荐中标候选人数", 1, 20) }),
    async decide(context, { candidates }) {
      const room = await enterRoom(context, ports, { command: "report", asChair: true });
      if ("refused" in room) return room;
      const { evaluation, seats } = room;
      const missing = seats.filter((seat) => !evaluation.signatures.has(seat));
      const { refusal, decisions } = judge(context, [everybodySigned, candidatesAreFew], { missing, candidates });
      if (refusal) return refusal;
      const recommended = Math.min(candidates, evaluation.computed?.ranking.length ?? 0);
      await note(context, evaluation, "evl.reported", {
        outcome: "ranked",
        candidates: recommended,
        resultDigest: evaluation.computed?.resultDigest,
        decisions,
      });
      await completeStep(context, "evaluation.report", "ranked", evaluation.stream);
      await ports.finishCommittee(context);
      return { candidates: recommended };
    },
  });
}
