/**
 * `awd.askExtension`, `awd.answerExtension`: 出现特殊情况需要延长投标有效期的，招标人应当以书面形式通知所有投标人延长；
 * 投标人拒绝延长的，其投标失效，但投标人有权收回其投标保证金 (施工招标投标办法 第二十九条).
 */
import { Type } from "@sinclair/typebox";
import { dayOf, refuse } from "../../kernel/index.ts";
import { reportOf } from "../evaluation/index.ts";
import { act, closed, day, text } from "../transaction/index.ts";
import { awardOn } from "./award.ts";
import { notNow } from "./desk.ts";

export const askExtension = act({
  name: "awd.askExtension",
  title: { zh: "要求延长投标有效期", en: "Ask for longer bid validity" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-097"],
  data: closed({ untilOn: day("延长至"), reason: text("特殊情况", 1000) }),
  async decide(context, { untilOn, reason }) {
    const award = await awardOn(context.tx, context.lot);
    if (!award || !["publicity", "cleared", "revoked", "vacant"].includes(award.state)) return notNow(award);
    if (untilOn <= dayOf(context.now)) {
      return refuse("award.extension-in-past", {
        ruleId: "CON-097",
        message: "延长后的有效期应当晚于今日。",
        messageEn: "The longer validity must end after today.",
        data: { untilOn },
      });
    }
    await context.append(award.stream, "awd.extensionAsked", { untilOn, reason });
    return {};
  },
});

export const answerExtension = act({
  name: "awd.answerExtension",
  title: { zh: "答复延长投标有效期", en: "Answer the wish for longer validity" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-097"],
  data: closed({ agrees: Type.Boolean({ title: "同意延长" }) }),
  async decide(context, { agrees }) {
    const [award, report] = [await awardOn(context.tx, context.lot), await reportOf(context.tx, context.lot.id)];
    const isBidder = report?.bids.some(({ organisation }) => organisation === context.actor.organisationId);
    if (!award?.validity || !isBidder) return notNow(award);
    await context.append(award.stream, "awd.extensionAnswered", { organisation: context.actor.organisationId, agrees });
    return {};
  },
});
