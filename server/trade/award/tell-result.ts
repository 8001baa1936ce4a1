/** `awd.publishResult`, `awd.sendLetter`, `awd.report`: the result is published, told to winner and losers together, and reported. */
import { Type } from "@sinclair/typebox";
import { dutyDue, endOfDay, instantText, parseInstant } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import { type ActContext, act, closed, completeStep, judge, setMilestone, text } from "../transaction/index.ts";
import { awardOn } from "./award.ts";
import { decisionOf, notNow, openDesk } from "./desk.ts";
import { losersAreTold, reportIsInTime } from "./rules/result-is-told.ts";

export const publishResult = act({
  name: "awd.publishResult",
  title: { zh: "发布中标结果公告", en: "Publish the result" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "award.publishResult",
  data: closed({ text: text("公告说明", 2000) }),
  async decide(context, { text: words }) {
    const desk = await openDesk(context, "publishResult");
    if ("refused" in desk) return desk;
    const { rank, organisation, bidDigest, name, priceFen } = decisionOf(desk.award);
    await context.append(desk.stream, "awd.resultPublished", { rank, organisation, bidDigest, name, priceFen, text: words });
    await completeStep(context, "award.publishResult", "published", desk.stream);
    return {};
  },
});

export const sendLetter = act({
  name: "awd.sendLetter",
  title: { zh: "发出中标通知书", en: "Send the letter of award" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "award.sendLetter",
  rules: ["CON-073", "CON-074"],
  data: closed({
    tellLosers: Type.Boolean({ title: "同时将中标结果通知所有未中标的投标人" }),
    place: text("签订合同的地点", 200),
    remarks: text("附言", 1000),
  }),
  async decide(context, { tellLosers, place, remarks }) {
    const desk = await openDesk(context, "sendLetter");
    if ("refused" in desk) return desk;
    const winner = decisionOf(desk.award);
    const others = desk.report.bids.filter(({ organisation }) => organisation !== winner.organisation);
    const told = tellLosers ? others : [];
    const { refusal, decisions } = judge(context, [losersAreTold], {
      bidders: others.map(({ name }) => name),
      told: told.map(({ name }) => name),
    });
    if (refusal) return refusal;
    await context.append(desk.stream, "awd.letterSent", {
      winner: winner.organisation,
      told: told.map(({ organisation }) => organisation),
      place,
      remarks,
      decisions,
    });
    await completeStep(context, "award.sendLetter", "sent", desk.stream);
    return armContract(context);
  },
});

/** 自中标通知书发出之日起三十日内订立书面合同 (招标投标法 第四十六条). */
async function armContract(context: ActContext) {
  const due = dutyDue(context.law.rule("CON-074"), context.now, context.calendar);
  const refusal = await setMilestone(
    context,
    "contractDue",
    endOfDay(due.on),
    due.calendarPending ? "awd.letterSent, calendarPending" : "awd.letterSent",
  );
  return refusal ?? { contractDueAt: instantText(endOfDay(due.on)) };
}

export const reportToAuthority = act({
  name: "awd.report",
  title: { zh: "提交招标投标情况书面报告", en: "Report to the authority" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "award.report",
  rules: ["CON-077"],
  data: closed({ text: text("报告内容", 8000) }),
  async decide(context, { text: words }) {
    const award = await awardOn(context.tx, context.lot);
    const first = award?.decisions[0];
    if (!award || !first || award.report) return notNow(award);
    const mandatory = (await scopeFactsOf(context.tx, context.lot)).mandatory === true;
    const { refusal, decisions } = judge(context, [reportIsInTime], {
      mandatory,
      decidedAt: parseInstant(first.at),
      reportedAt: context.now,
    });
    if (refusal) return refusal;
    await context.append(award.stream, "awd.reported", { text: words, decisions });
    await completeStep(context, "award.report", "reported", award.stream);
    return {};
  },
});
