/**
 * 招标人不得组织单个或者部分潜在投标人踏勘项目现场.
 *
 * Law      实施条例 第二十八条 (CON-033).
 * Refuses  "visit.partial".
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface VisitFacts {
  /** Is it announced to everybody, rather than to some? */
  isForAll: boolean;
}

export const visitIsForAll = rule<VisitFacts>("visit.partial", {
  ruleId: "CON-033",
  check: ({ isForAll }, values) => finding(values.flag("partialAllowed") || isForAll, {}),
  whatToDo: "请向所有潜在投标人公告踏勘的时间和地点，或者不组织踏勘。",
});
