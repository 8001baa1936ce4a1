/**
 * 抽取申请人与操作人不得为同一人。
 *
 * Law      design principle (expert-pool.md EP13, invariant I17); no row of the law data.
 * Refuses  "act.separation-of-duties"
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface DutyFacts {
  applicant: string;
  operator: string;
}

export const operatorIsNotApplicant = rule<DutyFacts>("act.separation-of-duties", {
  law: "抽取岗位分离（设计原则）#申请与操作",
  check: ({ applicant, operator }) => finding(applicant !== operator, {}),
  message: "申请抽取的人不能同时操作抽取。",
  messageEn: "Who applied for the draw may not operate it.",
  whatToDo: "请由交易中心的另一名抽取操作员办理。",
});
