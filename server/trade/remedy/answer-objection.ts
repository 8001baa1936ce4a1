/** `rem.accept`, `rem.refuse`, `rem.answer`, `rem.close`: who received it says whether it is admitted, and answers in time. */
import { Type } from "@sinclair/typebox";
import { dutyDue, endOfDay, instantText, next, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import {
  type ActContext,
  act,
  closed,
  effectiveAt,
  type Freeze,
  holdLot,
  isReached,
  judge,
  oneOf,
  setMilestone,
  streamOf,
  text,
} from "../transaction/index.ts";
import { reevaluate } from "./effects.ts";
import { releaseHoldsOf } from "./raise-remedy.ts";
import { type RemedyCommand, remedyStates } from "./remedy.states.ts";
import { type Remedy, remediesOf } from "./remedy.ts";
import { acceptanceIsInTime, answerIsInTime } from "./rules/answered-in-time.ts";

const remedyId = text("编号", 40);

/** The case, if this actor is the one who must act on it now. */
export async function caseFor(context: ActContext, id: string, command: RemedyCommand): Promise<Remedy | Refusal> {
  const remedy = (await remediesOf(context.tx, context.lot.id)).get(id);
  const receiver = remedy?.path === "complaint" ? ["supervisor"] : ["buyer", "agent"];
  if (remedy && !receiver.includes(context.actor.role)) {
    return refuse("remedy.not-the-receiver", {
      message: "异议由招标人答复，投诉由行政监督部门处理。",
      messageEn: "The buyer answers objections, the supervisor decides complaints.",
      data: { path: remedy.path },
    });
  }
  if (remedy && next(remedyStates, remedy.state, command) !== undefined) return remedy;
  return refuse("act.not-possible-now", {
    message: "没有这项异议、投诉，或者其状态不能这样办理。",
    messageEn: "There is no such case, or it cannot be handled like this now.",
    data: { remedy: id, state: remedy?.state ?? null },
  });
}

export const acceptRemedy = act({
  name: "rem.accept",
  title: { zh: "受理异议或者投诉", en: "Admit an objection or complaint" },
  who: ["buyer", "agent", "supervisor"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-070", "CON-071"],
  data: closed({ remedy: remedyId, suspend: Type.Boolean({ title: "责令暂停招标投标活动（投诉）" }) }),
  async decide(context, { remedy: id, suspend }) {
    const remedy = await caseFor(context, id, "accept");
    if ("refused" in remedy) return remedy;
    const isComplaint = remedy.path === "complaint";
    const { refusal, decisions } = isComplaint
      ? judge(context, [acceptanceIsInTime], { from: parseInstant(remedy.raisedAt), to: context.now })
      : { refusal: undefined, decisions: [] };
    if (refusal) return refusal;
    await context.append(streamOf("rem", context.lot.id), "rem.accepted", { case: id, suspends: isComplaint && suspend, decisions });
    if (!isComplaint) return {};
    // 必要时，行政监督部门可以责令暂停招标投标活动 (实施条例 第六十二条).
    if (suspend) await holdLot(context, { cause: "投诉处理期间，行政监督部门责令暂停", ref: id, ...orderedHold(context, remedy) });
    const due = dutyDue(context.law.rule("CON-071"), context.now, context.calendar);
    const late = await setMilestone(
      context,
      `complaintDecisionDue:${id}`,
      endOfDay(due.on),
      due.calendarPending ? "rem.accepted, calendarPending" : "rem.accepted",
    );
    return late ?? { decisionDueAt: instantText(endOfDay(due.on)) };
  },
});

/** Before the opening the opening waits; after it everything from the review on, and the duties keep their remaining time. */
function orderedHold({ lot }: ActContext, { about }: Remedy): { blocks: string[]; freezes: Freeze[] } {
  const running = (names: readonly string[]) =>
    names
      .filter((name) => effectiveAt(lot, name) !== undefined && !isReached(lot, name))
      .map((milestone): Freeze => ({ milestone, mode: "pause" }));
  if (about === "document" && !lot.done.has("opening.open")) return { blocks: ["opening.*"], freezes: running(["bidDeadline"]) };
  return {
    blocks: ["evaluation.*", "award.*", "contract.*"],
    freezes: running(["candidatePublicityEnd", "contractDue", "tenderReportDue"]),
  };
}

export const refuseRemedy = act({
  name: "rem.refuse",
  title: { zh: "不予受理", en: "Do not admit" },
  who: ["buyer", "agent", "supervisor"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-070"],
  data: closed({ remedy: remedyId, reason: text("理由", 2000) }),
  async decide(context, { remedy: id, reason }) {
    const remedy = await caseFor(context, id, "refuse");
    if ("refused" in remedy) return remedy;
    await context.append(streamOf("rem", context.lot.id), "rem.refused", { case: id, reason });
    await releaseHoldsOf(context, id);
    return {};
  },
});

export const answerObjection = act({
  name: "rem.answer",
  title: { zh: "答复异议", en: "Answer an objection" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-020"],
  data: closed({
    remedy: remedyId,
    upheld: Type.Boolean({ title: "异议成立" }),
    effect: oneOf("处理（不采取措施、修改招标文件、重新评审）", "none", "amendDocument", "reevaluate"),
    text: text("答复", 4000),
  }),
  async decide(context, { remedy: id, upheld, effect, text: words }) {
    const pending = (await remediesOf(context.tx, context.lot.id)).get(id);
    const remedy = await caseFor(context, id, pending?.state === "raised" ? "accept" : "answer");
    if ("refused" in remedy) return remedy;
    const wrong = wrongEffect(context, remedy, { upheld, effect });
    if (wrong) return wrong;
    const { refusal, decisions } = judge(context, [answerIsInTime], { from: parseInstant(remedy.raisedAt), to: context.now });
    if (refusal) return refusal;
    const stream = streamOf("rem", context.lot.id);
    if (remedy.state === "raised") await context.append(stream, "rem.accepted", { case: id, suspends: false, decisions: [] });
    await context.append(stream, "rem.answered", { case: id, upheld, effect, text: words, decisions });
    await releaseHoldsOf(context, id);
    if (effect === "reevaluate") {
      await reevaluate(context, { cause: `异议成立：${id}`, otherCommittee: false });
      await context.append(stream, "rem.executed", { case: id, effect });
    }
    return {};
  },
});

function wrongEffect({ lot }: ActContext, { about }: Remedy, { upheld, effect }: { upheld: boolean; effect: string }): Refusal | undefined {
  const fits =
    effect === "none" ||
    (upheld && (effect === "amendDocument" ? about === "document" && !lot.done.has("opening.open") : about !== "document"));
  if (fits) return undefined;
  return refuse("remedy.effect-does-not-fit", {
    message: "处理措施与异议事项、结论或者当前环节不相符。",
    messageEn: "This measure does not fit the matter, the answer or the step.",
    data: { about, upheld, effect },
    whatToDo: "异议不成立的不采取措施；招标文件的异议以修改文件处理，评标结果的异议以重新评审处理。",
  });
}
