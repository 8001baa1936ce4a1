/**
 * 投标截止后撤销投标，或者中标人无正当理由不签约、不提交履约保证金的，投标保证金可以不予退还.
 *
 * Law      实施条例 第三十五条, 第七十四条 (CON-031).
 * Refuses  "deposit.not-forfeitable": for any other cause the money goes back.
 */
import { finding, rule } from "../../../kernel/index.ts";

/** The causes that the law knows. */
export const lawfulCauses = ["revokedAfterDeadline", "refusedContract", "noPerformanceSecurity", "changedTerms"] as const;

export interface ForfeitFacts {
  cause: string;
}

export const forfeitHasLawfulCause = rule<ForfeitFacts>("deposit.not-forfeitable", {
  ruleId: "CON-031",
  check: ({ cause }, values) => finding(values.flag("forfeitable") && (lawfulCauses as readonly string[]).includes(cause), { cause }),
  whatToDo: `投标保证金应当退还；不予退还只限：${lawfulCauses.join("、")}。`,
});
