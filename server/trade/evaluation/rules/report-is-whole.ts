/**
 * 评标报告应当由评标委员会全体成员签字。对评标结果有不同意见的评标委员会成员应当以书面形式说明其不同意见和理由，评标报告应当注明该不同意见。评标委员会成员拒绝在评标报告上签字又不书面说明其不同意见和理由的，视为同意评标结果。中标候选人应当不超过 3 个，并标明排序。
 *
 * Law     招标投标法实施条例 第五十三条 (CON-064, CON-065)
 * Refuses "evaluation.report-not-signed" { missing }, "evaluation.too-many-candidates" { candidates, max }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface ReportFacts {
  /** Seats that have neither signed, nor dissented, nor let the time pass. */
  missing: readonly number[];
  candidates: number;
}

export const everybodySigned = rule<ReportFacts>("evaluation.report-not-signed", {
  ruleId: "CON-064",
  check: ({ missing }) => finding(missing.length === 0, { missing: missing.map((seat) => `${seat} 号席`) }),
  message: ({ missing }) => `评标报告应当由全体成员签字，尚缺：${String(missing)}。`,
  messageEn: "Every member of the committee signs the report.",
  whatToDo: "请等待签字；签署时限届满仍不签字又不书面说明不同意见的，视为同意。",
});

export const candidatesAreFew = rule<ReportFacts>("evaluation.too-many-candidates", {
  ruleId: "CON-065",
  check({ candidates }, values) {
    const max = values.number("max");
    return finding(candidates <= max, { candidates, max });
  },
  message: ({ candidates, max }) => `中标候选人 ${String(candidates)} 个，应当不超过 ${String(max)} 个。`,
  messageEn: "The committee recommends at most three ranked candidates.",
  whatToDo: "请减少推荐的中标候选人。",
});
