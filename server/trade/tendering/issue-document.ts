/** `doc.issue`: the buyer fixes the first version of the tender document. Drafts are judged by their planned days. */
import type { Json } from "../../../formats/jcs.ts";
import { parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import {
  type ActContext,
  acknowledged,
  act,
  closed,
  completeStep,
  day,
  judge,
  nullable,
  type Procedure,
  streamOf,
  text,
} from "../transaction/index.ts";
import { type DocumentTerms, documentContent, documentFiles, documentOf, documentTerms } from "./document.ts";
import { bidFormOf, documentDigest, keepText } from "./document-content.ts";
import { depositRules } from "./rules/deposit-terms.ts";
import { documentFacts } from "./rules/document-facts.ts";
import { isReviewedForCompetition } from "./rules/fair-competition.ts";
import { bidPeriodIsLongEnough, offerIsLongEnough } from "./rules/periods.ts";
import { documentIsFree, noFloorPrice } from "./rules/prices.ts";

/** Judged when the document is issued, when the notice is published, and again when terms are amended. */
export const documentRules = [offerIsLongEnough, bidPeriodIsLongEnough, documentIsFree, noFloorPrice, ...depositRules];

export const issueDocument = act({
  name: "doc.issue",
  title: { zh: "编制并定稿招标文件", en: "Issue the tender document" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "tendering.prepare",
  rules: ["CON-010", "CON-011", "CON-016", "CON-021", "CON-023", "CON-024", "CON-025", "CON-026", "CON-027", "CON-032", "CON-093"],
  data: closed({
    terms: documentTerms,
    content: documentContent,
    files: documentFiles,
    /** 公平竞争审查记录 */
    fairCompetitionReview: nullable(closed({ recordNumber: text("审查记录号"), reviewedOn: day("审查日期") })),
    acknowledged,
  }),
  async decide(context, { terms, content, files, fairCompetitionReview, acknowledged: read }) {
    if (await documentOf(context.tx, context.lot.id, context.lot.run)) {
      return refuse("act.not-possible-now", {
        message: "招标文件已经定稿，请以澄清或者修改的方式变更。",
        messageEn: "The document is issued; amend it instead.",
        data: { state: "issued" },
      });
    }
    const refusal = termsRefusal(terms, context.procedure) ?? (await filesRefusal(context, files));
    if (refusal) return refusal;
    const scope = await scopeFactsOf(context.tx, context.lot);
    const judged = judge(
      context,
      [...documentRules, isReviewedForCompetition],
      documentFacts({ terms, scope, procedure: context.procedure, hasReview: fairCompetitionReview !== null }),
      read,
    );
    if (judged.refusal) return judged.refusal;
    const contentSha256 = await keepText(context.platform.files, content);
    const sha256 = documentDigest(1, terms, { contentSha256, files });
    const stream = streamOf("doc", context.lot.id, context.lot.run);
    const data = {
      version: 1,
      sha256,
      contentSha256,
      terms: terms as Json,
      files,
      bidForm: bidFormOf(content) as Json,
      fairCompetitionReview,
      acknowledged: read,
      decisions: judged.decisions,
    };
    await context.append(stream, "doc.issued", data);
    await completeStep(context, "tendering.prepare", "issued", stream);
    return { version: 1, sha256 };
  },
});

interface Mechanism {
  treeFaults(tree: unknown): string[];
}

/** What the platform itself asks of terms so that the lot can be carried through: order of times, a usable method, a possible committee. */
export function termsRefusal(terms: DocumentTerms, procedure: Procedure): Refusal | undefined {
  return timesRefusal(terms) ?? methodRefusal(terms, procedure) ?? depositRefusal(terms, procedure);
}

function timesRefusal(terms: DocumentTerms): Refusal | undefined {
  const [start, offerEnd, questionEnd, deadline] = [terms.offerStartAt, terms.offerEndAt, terms.questionEndAt, terms.bidDeadlineAt].map(
    parseInstant,
  ) as [number, number, number, number];
  if (start < offerEnd && offerEnd <= deadline && start < questionEnd && questionEnd <= deadline) return undefined;
  return refuse("document.times-out-of-order", {
    law: "平台规则",
    message: "发售、提问、投标截止的先后顺序不对。",
    messageEn: "Offer, questions and deadline are not in order.",
    data: {
      offerStartAt: terms.offerStartAt,
      offerEndAt: terms.offerEndAt,
      questionEndAt: terms.questionEndAt,
      bidDeadlineAt: terms.bidDeadlineAt,
    },
    whatToDo: "发售开始 < 发售截止 ≤ 投标截止；提问截止 ≤ 投标截止。",
  });
}

function methodRefusal({ method, coefficientDraw }: DocumentTerms, procedure: Procedure): Refusal | undefined {
  const usable = procedure.parameter<readonly string[]>("evaluationMethods");
  const faults = usable.includes(method.name)
    ? procedure.method<Mechanism>(method.name).treeFaults(method.tree)
    : [`${method.name} is not a method of this procedure`];
  if (coefficientDraw && !procedure.parameter<boolean>("coefficientDrawAllowed")) faults.push("this procedure draws no coefficient");
  if (faults.length === 0) return undefined;
  return refuse("document.method-not-usable", {
    law: "招标投标法",
    article: "第四十条",
    message: "评标办法不能据以计算，或者不属于该交易方式。",
    messageEn: "The evaluation method cannot be computed or is not one of this procedure.",
    data: { method: method.name, usable: [...usable], faults },
    whatToDo: "请更正评分标准。",
  });
}

function depositRefusal({ depositFen, committee }: DocumentTerms, procedure: Procedure): Refusal | undefined {
  if (depositFen !== "0" && !procedure.parameter<boolean>("depositRequired")) {
    return refuse("document.deposit-not-foreseen", {
      law: "平台规则",
      message: "该交易方式不收取投标保证金。",
      messageEn: "This procedure takes no deposit.",
      data: { depositFen },
      whatToDo: "请将投标保证金改为 0。",
    });
  }
  const drawn = Object.values(committee.specialities).reduce((sum, count) => sum + count, 0);
  if (drawn + committee.buyerRepresentatives === committee.size) return undefined;
  return refuse("document.committee-does-not-add-up", {
    law: "招标投标法",
    article: "第三十七条",
    message: "专家人数与招标人代表人数之和不等于评标委员会人数。",
    messageEn: "Experts and representatives do not add up to the committee.",
    data: { size: committee.size, drawn, buyerRepresentatives: committee.buyerRepresentatives },
    whatToDo: "请更正人数。",
  });
}

/** Files are uploaded first and only named here: each must be in the store, of the size that is named. */
export async function filesRefusal(
  { platform }: ActContext,
  files: readonly { name: string; sha256: string; size: number }[],
): Promise<Refusal | undefined> {
  for (const { name, sha256, size } of files) {
    if ((await platform.files.sizeOf(sha256)) === size) continue;
    return refuse("file.not-uploaded", {
      message: `文件“${name}”尚未上传，或者大小不符。`,
      messageEn: `The file ${name} is not uploaded, or has another size.`,
      data: { name, sha256, size },
      whatToDo: "请先上传文件。",
    });
  }
  return undefined;
}
