/** Tendering: document, notice, questions, amendments, and the limits they announce. The only door of this stage. */
import { closeWindow, type Stage, streamOf } from "../transaction/index.ts";
import { amendDocument } from "./amend-document.ts";
import { answerQuestion, askQuestion, holdVisit } from "./ask-and-answer.ts";
import { correctNotice } from "./correct-notice.ts";
import { documentOf } from "./document.ts";
import { issueDocument } from "./issue-document.ts";
import { tenderingNextSteps } from "./next-steps.ts";
import { publishNotice, signNotice } from "./publish-notice.ts";
import { tenderingReads } from "./reads.ts";
import { takeDocument } from "./take-document.ts";

export {
  type DocumentContent,
  type DocumentTerms,
  type DocumentVersion,
  documentOf,
  getDocument,
  type TenderDocument,
} from "./document.ts";
export { type Notice, type NoticeText, noticeOf } from "./notice.ts";
export { noticePaper } from "./notice-paper.ts";
export { type Question, questionsOf } from "./question.ts";

export const tenderingStage: Stage = {
  name: "tendering",
  acts: [issueDocument, signNotice, publishNotice, correctNotice, takeDocument, askQuestion, answerQuestion, amendDocument, holdVisit],
  reads: tenderingReads,
  views: [],
  onMilestone: {
    async bidDeadline(context) {
      const stream = streamOf("doc", context.lot.id, context.lot.run);
      const document = await documentOf(context.tx, context.lot.id, context.lot.run);
      if (document?.state === "issued") await context.append(stream, "doc.closed", { version: document.version, sha256: document.sha256 });
      await closeWindow(context, "tendering.offer", stream);
      await closeWindow(context, "tendering.clarify", stream);
    },
  },
  nextSteps: tenderingNextSteps,
  live: {
    "ntc.published": () => ({ zh: "招标公告已发布", en: "The notice is published" }),
    "ntc.corrected": ({ data }) => ({
      zh: `招标公告更正（第 ${data.version} 版）`,
      en: `The notice is corrected (version ${data.version})`,
    }),
    "doc.amended": ({ data }) => ({
      zh: `${data.title}（第 ${data.version} 版）${data.deadlineMovedTo ? "，投标截止顺延" : ""}`,
      en: `The document is amended (version ${data.version})`,
    }),
    "doc.siteVisitHeld": ({ data }) => ({ zh: `踏勘现场：${data.place}`, en: "A site visit for all is announced" }),
    "que.asked": () => ({ zh: "收到一个匿名提问", en: "A question was asked" }),
    "que.answered": () => ({ zh: "一个提问已答复", en: "A question was answered" }),
  },
};
