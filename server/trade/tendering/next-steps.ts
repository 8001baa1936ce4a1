/** What to do next in tendering, by side. */
import { instantText } from "../../kernel/index.ts";
import { effectiveAt, isInTime, type NextStep, ownSealedActs, type ReadContext, sideOf, stepStatus } from "../transaction/index.ts";
import { documentOf } from "./document.ts";
import { noticeOf } from "./notice.ts";
import { questionsOf } from "./question.ts";

export async function tenderingNextSteps(context: ReadContext): Promise<NextStep[]> {
  const side = sideOf(context.actor, context.lot);
  if (side === "buyer" || side === "agent") return [...(await preparing(context)), ...(await answering(context))];
  return side === "bidder" ? taking(context) : [];
}

const dueAt = ({ lot }: ReadContext, milestone: string) => {
  const at = effectiveAt(lot, milestone);
  return at === undefined ? null : instantText(at);
};
const isOpen = ({ lot, procedure }: ReadContext, step: string) => stepStatus(lot, procedure, step) === "open";

async function preparing(context: ReadContext): Promise<NextStep[]> {
  const { tx, lot } = context;
  if (isOpen(context, "tendering.prepare"))
    return [
      {
        act: "doc.issue",
        title: { zh: "编制并定稿招标文件", en: "Issue the tender document" },
        dueAt: null,
        rules: ["CON-010", "CON-016", "CON-024"],
      },
    ];
  if (!isOpen(context, "tendering.publish")) return [];
  const notice = await noticeOf(tx, lot.id, lot.run);
  if (notice?.state === "signed")
    return [
      {
        act: "ntc.publish",
        title: { zh: "发布招标公告", en: "Publish the notice" },
        dueAt: null,
        rules: ["CON-008", "CON-016"],
        fill: { acknowledged: [] },
      },
    ];
  return [{ act: "ntc.sign", title: { zh: "签署招标公告", en: "Sign the notice" }, dueAt: null, rules: ["CON-091"] }];
}

async function answering(context: ReadContext): Promise<NextStep[]> {
  if (!isOpen(context, "tendering.clarify") || !isInTime(context.lot, "bidDeadline", context.now)) return [];
  const open = (await questionsOf(context.tx, context.lot.id, context.lot.run)).filter(({ state }) => state === "asked");
  return open.map((question) => ({
    act: "que.answer",
    title: { zh: `答复第 ${question.no} 个问题`, en: `Answer question ${question.no}` },
    dueAt: dueAt(context, "bidDeadline"),
    rules: ["CON-017"],
    fill: { questionId: question.id, inDocVersion: null },
  }));
}

async function taking(context: ReadContext): Promise<NextStep[]> {
  if (!isOpen(context, "tendering.offer") || !isInTime(context.lot, "documentOfferEnd", context.now)) return [];
  const document = await documentOf(context.tx, context.lot.id, context.lot.run);
  const taken = await ownSealedActs(context, "doc.take");
  if (!document || taken.some(({ payload }) => payload.fields.version === document.version)) return [];
  const title =
    taken.length > 0
      ? { zh: `获取第 ${document.version} 版招标文件`, en: `Take version ${document.version} of the document` }
      : { zh: "获取招标文件", en: "Take the tender document" };
  return [{ act: "doc.take", title, dueAt: dueAt(context, "documentOfferEnd"), rules: ["CON-034"], fill: { version: document.version } }];
}
