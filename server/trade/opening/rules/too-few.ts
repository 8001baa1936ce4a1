/** Fewer than three bidders: nothing is opened, the lot is tendered anew. */
import { finding, rule } from "../../../kernel/index.ts";

export interface CountFacts {
  bidders: number;
  /** Granted by a decision on record. */
  excepted: boolean;
}

/** 招标投标法 第二十八条、实施条例 第四十四条：投标人少于3个的，不得开标；招标人应当重新招标。 */
export const tooFew = rule<CountFacts>("opening.too-few", {
  ruleId: "CON-044",
  applies: ({ excepted }) => !excepted,
  check: ({ bidders }, law) => finding(bidders >= law.number("minBidders"), { bidders, required: law.number("minBidders") }),
  message: ({ bidders, required }) => `投标人只有 ${bidders} 个，少于 ${required} 个，不得开标，应当重新招标。`,
  messageEn: ({ bidders, required }) => `Only ${bidders} bidders, fewer than ${required}: the bids may not be opened.`,
  whatToDo: "投标文件原封退回，保证金退还；招标人应分析原因后重新招标。",
});
