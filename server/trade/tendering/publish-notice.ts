/**
 * `ntc.sign`, `ntc.publish`: the notice is signed by the buyer's side, judged, and published. With its
 * publication the law of the day binds the lot, and the first limits are announced.
 */
import { Type } from "@sinclair/typebox";
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { instantText, next, parseFen, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import { type ActContext, acknowledged, act, bindLaw, completeStep, judge, setMilestone, streamOf } from "../transaction/index.ts";
import { getDocument, type TenderDocument } from "./document.ts";
import { keepText } from "./document-content.ts";
import { documentRules } from "./issue-document.ts";
import { type Notice, noticeData, noticeOf, noticeStates } from "./notice.ts";
import { documentFacts } from "./rules/document-facts.ts";
import { noticeRules } from "./rules/notice-content.ts";

export const signNotice = act({
  name: "ntc.sign",
  title: { zh: "签署招标公告", en: "Sign the notice" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.publish",
  rules: ["CON-008", "CON-009", "CON-091"],
  data: noticeData,
  async decide(context, { text, media, publicationFeeFen }) {
    const textSha256 = digestOf(text as unknown as Json);
    const fields = Object.keys(text.fields).filter((name) => (text.fields[name] ?? "").trim() !== "");
    const { refusal, decisions } = await judgeNotice(context, { textSha256, fields, media, publicationFeeFen });
    if (refusal) return refusal;
    await keepText(context.platform.files, text);
    await context.append(streamOf("ntc", context.lot.id, context.lot.run), "ntc.signed", {
      title: text.title,
      textSha256,
      fields,
      media,
      publicationFeeFen,
      decisions,
    });
    return { textSha256 };
  },
});

export const publishNotice = act({
  name: "ntc.publish",
  title: { zh: "发布招标公告", en: "Publish the notice" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.publish",
  rules: ["CON-008", "CON-009", "CON-010", "CON-016", "CON-091"],
  data: Type.Object({ acknowledged }, { additionalProperties: false }),
  async decide(context, { acknowledged: read }) {
    const { lot } = context;
    const notice = await noticeOf(context.tx, lot.id, lot.run);
    if (!notice || next(noticeStates, notice.state, "publish") === undefined) {
      return refuse("notice.not-signed", {
        law: "电子招标投标办法",
        article: "第四十条",
        message: "公告尚未签署。",
        messageEn: "The notice is not signed.",
        data: {},
        whatToDo: "请先签署公告。",
      });
    }
    const document = await getDocument(context.tx, lot.id, lot.run);
    const judged = await judgePublication(context, { notice, document, read });
    if (judged.refusal) return judged.refusal;
    const stream = streamOf("ntc", lot.id, lot.run);
    await context.append(stream, "ntc.published", {
      lots: [lot.id],
      form: "call",
      textSha256: notice.textSha256,
      documentSha256: document.sha256,
      media: notice.media.map(({ name }) => name),
      decisions: judged.decisions,
    });
    await bindLaw(context);
    const refusal = await announceLimits(context, document);
    if (refusal) return refusal;
    await completeStep(context, "tendering.publish", "published", stream);
    return { textSha256: notice.textSha256, bidDeadlineAt: document.bidDeadlineAt };
  },
});

type Said = Pick<Notice, "textSha256" | "fields" | "media" | "publicationFeeFen">;

async function judgeNotice(context: ActContext, notice: Said) {
  const scope = await scopeFactsOf(context.tx, context.lot);
  const { fields, textSha256, media, publicationFeeFen } = notice;
  return judge(context, noticeRules, { isMandatory: scope.mandatory, fields, textSha256, media, feeFen: parseFen(publicationFeeFen) });
}

/** The law of the day of publication decides: a draft that was lawful on its planned day is judged again. */
async function judgePublication(
  context: ActContext,
  { notice, document, read }: { notice: Notice; document: TenderDocument; read: readonly string[] },
) {
  const said = await judgeNotice(context, notice);
  if (said.refusal) return said;
  const offerStartAt = instantText(Math.max(context.now, parseInstant(document.offerStartAt)));
  const scope = await scopeFactsOf(context.tx, context.lot);
  const facts = documentFacts({ terms: { ...document, offerStartAt }, scope, procedure: context.procedure, hasReview: true });
  const terms = judge(context, documentRules, facts, read);
  return { refusal: terms.refusal, decisions: [...said.decisions, ...terms.decisions] };
}

/** The opening is the same instant as the deadline (招标投标法 第三十四条), so it has no milestone of its own. */
async function announceLimits(context: ActContext, document: TenderDocument): Promise<Refusal | undefined> {
  const limits = { documentOfferEnd: document.offerEndAt, questionEnd: document.questionEndAt, bidDeadline: document.bidDeadlineAt };
  for (const [name, at] of Object.entries(limits)) {
    const refusal = await setMilestone(context, name, parseInstant(at), "ntc.published");
    if (refusal) return refusal;
  }
  return undefined;
}
