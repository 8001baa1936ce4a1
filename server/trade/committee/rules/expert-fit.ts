/**
 * 专家应当从事相关领域工作满八年并具有高级职称或者具有同等专业水平。
 *
 * Law      招标投标法 第三十七条 (CON-052).
 * Refuses  "committee.expert-unfit" { years, minYears, isSenior }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface FitnessFacts {
  /** Years of work in the field, as the expert declares under signature. */
  years: number;
  /** Senior title, by the pool's roster. */
  isSenior: boolean;
}

export const expertIsFit = rule<FitnessFacts>("committee.expert-unfit", {
  ruleId: "CON-052",
  check({ years, isSenior }, values) {
    const minYears = values.number("minYears");
    return finding(years >= minYears && isSenior, { years, minYears, isSenior });
  },
  message: ({ minYears }) => `评标专家应从事相关领域工作满 ${minYears} 年并具有高级职称或者同等专业水平。`,
  messageEn: ({ minYears }) => `An expert needs ${minYears} years in the field and a senior title.`,
  whatToDo: "不符合条件的，请谢绝本次邀请，由抽取次序中的下一位替补。",
});
