/** `evl.askBidder`, `evl.answerBidder`: written clarification, only on request of the committee (实施条例 第五十二条). */
import { Type } from "@sinclair/typebox";
import { next, parseInstant } from "../../kernel/index.ts";
import { type Act, act, closed, count, digest, file, judge, oneOf, text } from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";
import { evaluationStates } from "./evaluation.states.ts";
import { evaluationOf } from "./evaluation.ts";
import { enterRoom, hoursLater, note, notNow, unknownBid } from "./room.ts";
import { clarificationWasAsked, questionDoesNotLead, substanceStays } from "./rules/clarification-is-lawful.ts";

export function askBidder(ports: EvaluationPorts): Act {
  return act({
    name: "evl.askBidder",
    title: { zh: "发出澄清通知", en: "Ask a bidder to clarify" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-060"],
    data: closed({
      bidDigest: digest("投标文件"),
      /** The closed list of art. 52, and the written explanation of a price that may be below cost (12 号令 第二十一条). */
      purpose: oneOf("澄清事由", "ambiguous", "inconsistent", "obviousError", "priceBelowCost"),
      text: text("需要说明的内容", 2000),
      hours: count("答复时限（小时）", 1, 72),
    }),
    async decide(context, { bidDigest, purpose, text: words, hours }) {
      const room = await enterRoom(context, ports, { command: "askBidder" });
      if ("refused" in room) return room;
      const { evaluation, seat } = room;
      const bid = evaluation.bids.find((one) => one.bidDigest === bidDigest);
      if (!bid) return unknownBid([bidDigest]);
      const { refusal } = judge(context, [questionDoesNotLead], { text: words });
      if (refusal) return refusal;
      const no = evaluation.questions.length + 1;
      await note(context, evaluation, "evl.clarificationAsked", {
        no,
        seat: seat.no,
        bidDigest,
        organisation: bid.organisation,
        purpose,
        text: words,
        dueAt: hoursLater(context.now, hours),
      });
      return { no };
    },
  });
}

export function answerBidder(): Act {
  return act({
    name: "evl.answerBidder",
    title: { zh: "答复澄清通知", en: "Answer a request to clarify" },
    who: ["bidder"],
    about: "lot",
    lock: "exclusive",
    step: "evaluation.examine",
    rules: ["CON-060"],
    data: closed({
      no: count("澄清编号", 1, 1000),
      text: text("说明", 4000),
      changesSubstance: Type.Boolean({ title: "是否变更报价、工期、质量等实质性内容" }),
      files: Type.Array(file, { title: "附件", maxItems: 20 }),
    }),
    async decide(context, { no, text: words, changesSubstance, files }) {
      const evaluation = await evaluationOf(context.tx, context.lot);
      if (!evaluation || next(evaluationStates, evaluation.state, "answerBidder") === undefined) return notNow(evaluation);
      const question = evaluation.questions.find(
        (one) => one.no === no && one.organisation === context.actor.organisationId && one.answer === null,
      );
      const asked = judge(context, [clarificationWasAsked], {
        asked: question !== undefined,
        inTime: question !== undefined && context.now <= parseInstant(question.dueAt),
      });
      const refusal = asked.refusal ?? judge(context, [substanceStays], { changesSubstance }).refusal;
      if (refusal) return refusal;
      await note(context, evaluation, "evl.clarified", { no, text: words, files });
      return {};
    },
  });
}
