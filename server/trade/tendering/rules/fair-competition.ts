/**
 * 招标文件发出前应当有公平竞争审查记录.
 *
 * Law     招标投标领域公平竞争审查规则 (令第 16 号, 2024) (CON-093): a warning; it is acknowledged by name.
 * Warns   "document.no-fair-competition-review".
 */
import { finding, rule } from "../../../kernel/index.ts";
import type { DocumentFacts } from "./document-facts.ts";

export const isReviewedForCompetition = rule<DocumentFacts>("document.no-fair-competition-review", {
  ruleId: "CON-093",
  check: ({ hasReview }) => finding(hasReview, {}),
  whatToDo: "请填写公平竞争审查记录号。",
});
