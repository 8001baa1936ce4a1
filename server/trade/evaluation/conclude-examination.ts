/**
 * `evl.judgeCompetition`, `evl.concludeStep`: the end of the preliminary review. Whether too few are left to
 * compete is the committee's judgement by vote (12 号令 第二十七条), never a count of the platform.
 */
import { Type } from "@sinclair/typebox";
import type { Json } from "../../../formats/jcs.ts";
import { type Refusal, refuse } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import { type Act, type ActContext, act, closed, completeStep, judge, text } from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";
import { type Evaluation, validBids } from "./evaluation.ts";
import { hasMajority, missingFindings } from "./majority.ts";
import { enterRoom, note, type Room } from "./room.ts";
import { allRejectedMeansAgain, competitionIsInQuestion, competitionIsJudged } from "./rules/competition-is-judged.ts";

export function judgeCompetition(ports: EvaluationPorts): Act {
  return act({
    name: "evl.judgeCompetition",
    title: { zh: "判断是否明显缺乏竞争", en: "Judge whether competition is lacking" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-061"],
    data: closed({ lacks: Type.Boolean({ title: "明显缺乏竞争" }), reason: text("理由", 1000) }),
    async decide(context, { lacks, reason }) {
      const room = await enterRoom(context, ports, { command: "judgeCompetition" });
      if ("refused" in room) return room;
      const { refusal } = judge(context, [competitionIsInQuestion], competitionFacts(room, lacks));
      if (refusal) return refusal;
      await note(context, room.evaluation, "evl.competitionJudged", { seat: room.seat.no, lacks, reason });
      return {};
    },
  });
}

export function concludeStep(ports: EvaluationPorts): Act {
  return act({
    name: "evl.concludeStep",
    title: { zh: "结束初步评审", en: "Conclude the preliminary review" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-061", "CON-062"],
    data: closed({}),
    async decide(context) {
      const room = await enterRoom(context, ports, { command: "concludeStep", asChair: true });
      if ("refused" in room) return room;
      const { evaluation, seats } = room;
      const open = openMatters(evaluation, seats, context.now);
      if (open) return open;
      const outcome = outcomeOf(evaluation, seats);
      const { mandatory } = await scopeFactsOf(context.tx, context.lot);
      const reTender = mandatory === true && outcome !== "left";
      const facts = competitionFacts(room, outcome === "tooFewLeft");
      const judged = judge(context, [competitionIsJudged, competitionIsInQuestion], facts);
      const again = judge(context, [allRejectedMeansAgain], { mandatory: mandatory === true, validBids: facts.validBids, reTender });
      const refusal = judged.refusal ?? again.refusal;
      if (refusal) return refusal;
      await conclude(context, evaluation, { outcome, reTender, decisions: [...judged.decisions, ...again.decisions] });
      return { outcome, valid: facts.validBids };
    },
  });
}

async function conclude(
  context: ActContext,
  evaluation: Evaluation,
  data: { outcome: string; reTender: boolean; decisions: Json[] },
): Promise<void> {
  await note(context, evaluation, "evl.stepConcluded", { step: "evaluation.examine", ...data, valid: validBids(evaluation).length });
  await completeStep(context, "evaluation.examine", data.outcome, evaluation.stream);
}

function competitionFacts({ evaluation, seats }: Room, rejectsAll: boolean) {
  return {
    validBids: validBids(evaluation).length,
    judged: seats.filter((seat) => evaluation.competition.has(seat)).length,
    seats: seats.length,
    rejectsAll,
  };
}

function outcomeOf(evaluation: Evaluation, seats: readonly number[]): "left" | "tooFewLeft" | "noneLeft" {
  if (validBids(evaluation).length === 0) return "noneLeft";
  const lacking = seats.filter((seat) => evaluation.competition.get(seat)?.lacks).length;
  return hasMajority(lacking, seats.length) ? "tooFewLeft" : "left";
}

/** What must be done first: a finding of every seat on every bid, and no question still running. */
function openMatters(evaluation: Evaluation, seats: readonly number[], now: number): Refusal | undefined {
  const missing = missingFindings(evaluation, seats);
  if (missing.length > 0) {
    return refuse("evaluation.findings-missing", {
      law: "评标委员会和评标方法暂行规定",
      article: "第二十三条",
      message: `评标委员会应当审查每一投标文件，尚有 ${missing.length} 项意见未提出（席位：${[...new Set(missing.map(({ seat }) => seat))].join("、")}）。`,
      messageEn: "Every member must record a finding on every bid.",
      data: { missing: missing.length, seats: [...new Set(missing.map(({ seat }) => String(seat)))] },
      whatToDo: "请相关成员补充初步评审意见。",
    });
  }
  const running = evaluation.questions.filter(({ answer, dueAt }) => answer === null && now <= Date.parse(dueAt));
  if (running.length === 0) return undefined;
  return refuse("evaluation.clarification-open", {
    ruleId: "CON-060",
    law: "招标投标法实施条例(2019修订)",
    article: "第52条",
    message: "还有澄清通知在答复时限内，未收到答复。",
    messageEn: "A request to clarify is still within its time.",
    data: { questions: running.map(({ no }) => String(no)) },
    whatToDo: "请等待答复，或者待答复时限届满。",
  });
}
