/**
 * `rem.raise`, `rem.withdraw`: an objection stops what it attacks in the same decision: 作出答复前，应当暂停招标投标活动.
 * Submission of bids stays open while the document is in dispute; only the opening waits for the answer.
 */
import { Type } from "@sinclair/typebox";
import { addDays, dutyDue, endOfDay, instantText, type Refusal, refuse } from "../../kernel/index.ts";
import { awardOn } from "../award/index.ts";
import {
  type ActContext,
  act,
  closed,
  day,
  effectiveAt,
  file,
  holdLot,
  isInTime,
  judge,
  nullable,
  oneOf,
  releaseHold,
  setMilestone,
  stepStatus,
  streamOf,
  text,
} from "../transaction/index.ts";
import { answerDays, isPending, type Matter, type Path, type Remedies, type Remedy, remediesOf } from "./remedy.ts";
import {
  complaintIsInTime,
  documentObjectionIsInTime,
  objectionComesFirst,
  openingObjectionIsOnTheSpot,
  resultObjectionIsInPublicity,
} from "./rules/raised-in-time.ts";

/** After a released hold the opening is at least this far away; the platform's own number. */
export const noticeMs = 24 * 3_600_000;

export const raiseRemedy = act({
  name: "rem.raise",
  title: { zh: "提出异议或者投诉", en: "Raise an objection or complaint" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-019", "CON-048", "CON-068", "CON-069"],
  data: closed({
    path: oneOf("途径（异议／投诉）", "objection", "complaint"),
    about: oneOf("事项（招标文件、开标、评标结果、其他）", "document", "opening", "result", "other"),
    follows: nullable(text("所依据的异议编号", 40)),
    ground: text("事实和理由", 4000),
    request: text("请求", 2000),
    knownOn: nullable(day("知道或者应当知道之日（投诉）")),
    files: Type.Array(file, { title: "证明材料", maxItems: 20 }),
  }),
  async decide(context, wish) {
    const remedies = await remediesOf(context.tx, context.lot.id);
    const { refusal, marks } = await admissible(context, wish, remedies);
    if (refusal) return refusal;
    const id = context.newId("rem");
    const organisation = context.actor.organisationId;
    if (wish.follows) await context.append(streamOf("rem", context.lot.id), "rem.followed", { case: wish.follows, by: id });
    await context.append(streamOf("rem", context.lot.id), "rem.raised", { case: id, organisation, ...wish, marks });
    if (wish.path === "objection") await suspend(context, id, wish.about);
    return armAnswer(context, { id, path: wish.path, marks });
  },
});

interface Wish {
  path: Path;
  about: Matter;
  follows: string | null;
  knownOn: string | null;
}

async function admissible(context: ActContext, wish: Wish, remedies: Remedies): Promise<{ refusal: Refusal | undefined; marks: string[] }> {
  const own = [...remedies.values()].filter(({ organisation }) => organisation === context.actor.organisationId);
  const refusal = wrongForm(context, wish, own);
  if (refusal) return { refusal, marks: [] };
  const judged = wish.path === "objection" ? await judgeObjection(context, wish) : judgeComplaint(context, wish, own);
  const marks = judged.decisions
    .filter((one) => (one as { verdict: string }).verdict === "marked")
    .map((one) => (one as { code: string }).code);
  return { refusal: judged.refusal, marks };
}

function wrongForm({ lot }: ActContext, { path, about, follows }: Wish, own: readonly Remedy[]): Refusal | undefined {
  if (!lot.done.has("tendering.publish"))
    return refuse("remedy.too-early", { message: "招标公告尚未发布。", messageEn: "The tender is not published yet." });
  const followed = own.find(({ id }) => id === follows);
  if (follows !== null && (path !== "complaint" || !followed || !["answered", "refused"].includes(followed.state))) {
    return refuse("remedy.follows-nothing", {
      message: "所依据的异议不存在、不是您提出的，或者尚未答复。",
      messageEn: "The objection that this follows is not yours or not answered yet.",
      data: { follows },
      whatToDo: "请先等待异议的答复。",
    });
  }
  if (!own.some((one) => one.path === path && one.about === about && isPending(one))) return undefined;
  return refuse("remedy.second-in-same-step", {
    message: "同一环节的同一事项，您已有尚未处理的异议或者投诉。",
    messageEn: "You have one in this matter that is not answered yet.",
    data: { path, about },
    whatToDo: "请补充材料，或者撤回后重新提出。",
  });
}

async function judgeObjection(context: ActContext, { about }: Wish) {
  const { lot, now } = context;
  if (about === "document")
    return judge(context, [documentObjectionIsInTime], { raisedAt: now, bidDeadline: effectiveAt(lot, "bidDeadline") ?? now });
  if (about === "opening")
    return judge(context, [openingObjectionIsOnTheSpot], { openingRuns: stepStatus(lot, context.procedure, "opening.open") === "open" });
  if (about === "other")
    return {
      refusal: refuse("remedy.objection-about-nothing", {
        message: "异议只能针对招标文件、开标或者评标结果；其他事项可以向行政监督部门投诉。",
        messageEn: "An objection is about the document, the opening or the result.",
        whatToDo: "请选择投诉。",
      }),
      decisions: [],
    };
  const award = await awardOn(context.tx, lot);
  const publicityRuns = award?.state === "publicity" && isInTime(lot, "candidatePublicityEnd", now);
  return judge(context, [resultObjectionIsInPublicity], { publicityRuns, endedAt: award?.publicityEndsAt ?? null });
}

function judgeComplaint(context: ActContext, { about, follows, knownOn }: Wish, own: readonly Remedy[]) {
  if (knownOn === null) {
    return {
      refusal: refuse("remedy.known-on-missing", {
        ruleId: "CON-069",
        message: "投诉应当载明知道或者应当知道之日。",
        messageEn: "A complaint states the day of knowing.",
      }),
      decisions: [],
    };
  }
  const objection = own.find(({ id }) => id === follows);
  const counted = addDays(knownOn, objection ? answerDays(objection) : 0);
  const inTime = judge(context, [complaintIsInTime], { knownOn: counted, filedAt: context.now });
  const first = judge(context, [objectionComesFirst], { about, hasObjected: objection !== undefined });
  return { refusal: inTime.refusal ?? first.refusal, decisions: [...inTime.decisions, ...first.decisions] };
}

/** What waits for the answer: the opening for a document, the decision for an opening or a result. */
async function suspend(context: ActContext, id: string, about: Matter): Promise<void> {
  const isDocument = about === "document" && !context.lot.done.has("opening.open");
  await holdLot(context, {
    cause: isDocument ? "对招标文件的异议尚未答复" : "异议尚未答复",
    ref: id,
    blocks: isDocument ? ["opening.open"] : ["award.decide", "award.publishResult", "award.sendLetter"],
    freezes: isDocument && effectiveAt(context.lot, "bidDeadline") !== undefined ? [{ milestone: "bidDeadline", mode: "notBefore" }] : [],
  });
}

async function armAnswer(context: ActContext, { id, path, marks }: { id: string; path: Path; marks: string[] }) {
  const due = dutyDue(context.law.rule(path === "objection" ? "CON-020" : "CON-070"), context.now, context.calendar);
  const refusal = await setMilestone(
    context,
    `${path}AnswerDue:${id}`,
    endOfDay(due.on),
    due.calendarPending ? "rem.raised, calendarPending" : "rem.raised",
  );
  return refusal ?? { remedy: id, answerDueAt: instantText(endOfDay(due.on)), marks };
}

export const withdrawRemedy = act({
  name: "rem.withdraw",
  title: { zh: "撤回异议或者投诉", en: "Withdraw an objection or complaint" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  data: closed({ remedy: text("编号", 40), reason: text("原因", 1000) }),
  async decide(context, { remedy: id, reason }) {
    const remedy = (await remediesOf(context.tx, context.lot.id)).get(id);
    if (!remedy || remedy.organisation !== context.actor.organisationId || !isPending(remedy)) {
      return refuse("act.not-possible-now", {
        message: "没有可以撤回的异议或者投诉。",
        messageEn: "There is nothing to withdraw.",
        data: { remedy: id },
      });
    }
    await context.append(streamOf("rem", context.lot.id), "rem.withdrawn", { case: id, reason });
    await releaseHoldsOf(context, id);
    return {};
  },
});

/** Releases every hold that stands because of this case. */
export async function releaseHoldsOf(context: ActContext, id: string): Promise<void> {
  for (const hold of [...context.lot.holds.values()]) if (hold.ref === id) await releaseHold(context, hold.id, noticeMs);
}
