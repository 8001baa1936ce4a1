/**
 * 评标委员会成员应当依照招标投标法和本条例的规定，按照招标文件规定的评标标准和方法，客观、公正地对投标文件提出评审意见。招标文件没有规定的评标标准和方法不得作为评标的依据。
 *
 * Law     招标投标法实施条例 第四十九条 (CON-058)
 * Refuses "evaluation.criterion-not-in-document" { criteria }, "evaluation.score-not-declared" { scores }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface CriteriaFacts {
  /** Items that the document declares. */
  declared: readonly string[];
  /** Items that the committee uses. */
  used: readonly string[];
  /** Scores outside the declared range or step, as `item: what is wrong`. */
  offScale: readonly string[];
}

export const criteriaAreDeclared = rule<CriteriaFacts>("evaluation.criterion-not-in-document", {
  ruleId: "CON-058",
  check({ declared, used }, values) {
    const foreign = used.filter((item) => !declared.includes(item));
    return finding(values.flag("otherCriteriaAllowed") || foreign.length === 0, { criteria: foreign });
  },
  message: ({ criteria }) => `招标文件没有规定的评标标准不得作为评标的依据：${String(criteria)}。`,
  messageEn: "A criterion that the tender document does not declare may not be used.",
  whatToDo: "请只对招标文件列明的评审因素评分。",
});

export const scoresAreDeclared = rule<CriteriaFacts>("evaluation.score-not-declared", {
  ruleId: "CON-058",
  check: ({ offScale }, values) => finding(values.flag("otherCriteriaAllowed") || offScale.length === 0, { scores: offScale }),
  message: ({ scores }) => `评分不在招标文件规定的分值范围或者级差内：${String(scores)}。`,
  messageEn: "A score lies outside the range or step that the tender document declares.",
  whatToDo: "请按招标文件规定的分值范围和级差评分。",
});
