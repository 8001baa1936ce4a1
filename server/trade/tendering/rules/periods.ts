/**
 * 招标文件的发售期不得少于五日；自招标文件开始发出之日起至投标截止之日止，最短不得少于二十日.
 *
 * Law      实施条例 第十六条 (CON-010); 招标投标法 第二十四条 (CON-016), only for 依法必须招标的项目.
 * Unit     calendar days, Asia/Shanghai; the first day is not counted (民法典 第二百零一条), nothing rolls.
 * Refuses  "document.offer-too-short", "document.period-too-short" {measured, required, earliestOn}
 */
import { rule } from "../../../kernel/index.ts";
import type { DocumentFacts } from "./document-facts.ts";

export const offerIsLongEnough = rule<DocumentFacts>("document.offer-too-short", {
  ruleId: "CON-010",
  check: ({ offerStartAt, offerEndAt }, values) => values.limit({ from: offerStartAt, to: offerEndAt }),
  message: (data) => `招标文件发售期为 ${data.measured} 日，不得少于 ${data.required} 日。`,
  messageEn: (data) => `The document is offered for ${data.measured} days; the law asks ${data.required}.`,
  whatToDo: (data) => `发售截止最早可定于 ${data.earliestOn}。`,
});

export const bidPeriodIsLongEnough = rule<DocumentFacts>("document.period-too-short", {
  ruleId: "CON-016",
  applies: ({ isMandatory }) => isMandatory,
  check: ({ offerStartAt, bidDeadlineAt }, values) => values.limit({ from: offerStartAt, to: bidDeadlineAt }),
  message: (data) => `自招标文件发出至投标截止为 ${data.measured} 日，不得少于 ${data.required} 日。`,
  messageEn: (data) => `From issue to deadline there are ${data.measured} days; the law asks ${data.required}.`,
  whatToDo: (data) => `投标截止最早可定于 ${data.earliestOn}。`,
});
