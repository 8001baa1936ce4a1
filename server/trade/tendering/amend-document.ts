/**
 * `doc.amend`: clarification or change of the document, sent to everybody at once. When bids may be
 * affected and too little time is left, it must move the deadline, and all limits that are derived
 * from the deadline move with it in the same decision or none does.
 */
import { Type } from "@sinclair/typebox";
import type { Json } from "../../../formats/jcs.ts";
import { instantText, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import {
  type ActContext,
  acknowledged,
  act,
  closed,
  effectiveAt,
  instant,
  isReached,
  judge,
  nullable,
  setMilestone,
  streamOf,
  text,
} from "../transaction/index.ts";
import { type DocumentTerms, documentContent, documentFiles, documentTerms, getDocument, type TenderDocument } from "./document.ts";
import { bidFormOf, contentOf, documentDigest, keepText } from "./document-content.ts";
import { documentRules, filesRefusal, termsRefusal } from "./issue-document.ts";
import { bidsHaveTimeToFollow } from "./rules/amendment.ts";
import { documentFacts } from "./rules/document-facts.ts";

/** Milestones that are derived from the deadline: they keep their distance to it. */
const derivedFromDeadline = ["questionEnd", "documentOfferEnd"] as const;

/** Times are moved by `newBidDeadlineAt` only, so that nothing derived is forgotten. */
const {
  offerStartAt: _start,
  offerEndAt: _end,
  questionEndAt: _question,
  bidDeadlineAt: _deadline,
  ...otherTerms
} = documentTerms.properties;

export const amendDocument = act({
  name: "doc.amend",
  title: { zh: "澄清或者修改招标文件", en: "Amend the tender document" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.clarify",
  rules: ["CON-017", "CON-021", "CON-023", "CON-024", "CON-025", "CON-026", "CON-027", "CON-032"],
  data: closed({
    title: text("澄清或者修改标题"),
    reason: text("理由", 1000),
    affectsBids: Type.Boolean({ title: "可能影响投标文件编制" }),
    changes: Type.Array(
      closed({ where: text("位置"), before: Type.String({ maxLength: 4000 }), after: Type.String({ maxLength: 4000 }) }),
      { title: "修改内容", minItems: 1, maxItems: 200 },
    ),
    terms: Type.Partial(Type.Object(otherTerms), { additionalProperties: false, title: "变更的要素" }),
    content: nullable(documentContent),
    files: nullable(documentFiles),
    newBidDeadlineAt: nullable(instant("顺延后的投标截止时间")),
    acknowledged,
  }),
  async decide(context, data) {
    const document = await getDocument(context.tx, context.lot.id, context.lot.run);
    const before = effectiveAt(context.lot, "bidDeadline");
    if (before === undefined) throw new Error("a published lot has a deadline");
    const after = data.newBidDeadlineAt === null ? before : parseInstant(data.newBidDeadlineAt);
    if (after < before) return shortened(before, after);
    const time = judge(context, [bidsHaveTimeToFollow], { affectsBids: data.affectsBids, sentAt: context.now, bidDeadlineAt: after });
    if (time.refusal) return time.refusal;
    const terms = { ...termsOf(document), ...data.terms, ...movedTimes(document, after - before) } as DocumentTerms;
    const refusal = termsRefusal(terms, context.procedure) ?? (data.files ? await filesRefusal(context, data.files) : undefined);
    if (refusal) return refusal;
    const scope = await scopeFactsOf(context.tx, context.lot);
    const judged = judge(
      context,
      documentRules,
      documentFacts({ terms, scope, procedure: context.procedure, hasReview: true }),
      data.acknowledged,
    );
    if (judged.refusal) return judged.refusal;
    const moved = after > before ? instantText(after) : null;
    const version = document.version + 1;
    const parts = await partsOf(context, document, data);
    const sha256 = documentDigest(version, terms, parts);
    const { title, reason, affectsBids, changes } = data;
    const stream = streamOf("doc", context.lot.id, context.lot.run);
    const decisions = [...time.decisions, ...judged.decisions];
    await context.append(stream, "doc.amended", {
      version,
      sha256,
      ...parts,
      terms: terms as Json,
      title,
      reason,
      affectsBids,
      changes,
      deadlineMovedTo: moved,
      acknowledged: data.acknowledged,
      decisions,
    });
    return (await moveLimits(context, after - before, `${stream}@${version}`)) ?? { version, sha256, bidDeadlineAt: instantText(after) };
  },
});

function shortened(before: number, after: number): Refusal {
  return refuse("amendment.deadline-shortened", {
    law: "招标投标法",
    article: "第二十三条",
    message: "修改招标文件只能顺延投标截止时间，不能提前。",
    messageEn: "An amendment may put the deadline off, never forward.",
    data: { bidDeadlineAt: instantText(before), newBidDeadlineAt: instantText(after) },
    whatToDo: `请定在 ${instantText(before)} 或者以后。`,
  });
}

function termsOf(document: TenderDocument): Record<string, unknown> {
  return Object.fromEntries(Object.keys(documentTerms.properties).map((name) => [name, document[name as keyof DocumentTerms]]));
}

function movedTimes(document: TenderDocument, byMs: number) {
  const moved = (at: string) => instantText(parseInstant(at) + byMs);
  return {
    bidDeadlineAt: moved(document.bidDeadlineAt),
    questionEndAt: moved(document.questionEndAt),
    offerEndAt: moved(document.offerEndAt),
  };
}

async function partsOf(context: ActContext, document: TenderDocument, data: { content: unknown; files: unknown }) {
  const content = (data.content ?? (await contentOf(context.platform, document))) as Parameters<typeof bidFormOf>[0];
  const contentSha256 = await keepText(context.platform.files, content);
  const files = (data.files ?? document.files) as TenderDocument["files"];
  return { contentSha256, files, bidForm: bidFormOf(content) as Json };
}

/** 投标截止顺延的，开标和由其推算的时限同时顺延; a limit that is already past stays past. */
async function moveLimits(context: ActContext, byMs: number, cause: string): Promise<Refusal | undefined> {
  if (byMs === 0) return undefined;
  for (const name of ["bidDeadline", ...derivedFromDeadline]) {
    const at = effectiveAt(context.lot, name);
    if (at === undefined || isReached(context.lot, name)) continue;
    const refusal = await setMilestone(context, name, at + byMs, cause);
    if (refusal) return refusal;
  }
  return undefined;
}
