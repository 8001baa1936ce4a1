/**
 * 拍卖人及其工作人员不得以竞买人的身份参与自己组织的拍卖活动，并不得委托他人代为竞买。委托人不得参与竞买，也不得委托他人代为竞买。
 *
 * Law      拍卖法 第二十二条、第三十条 (AST-005)
 * Refuses  "entry.not-eligible". Whether somebody bids on their behalf is not seen here; supervision looks for it.
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface EntrantFacts {
  organisation: string;
  /** Owner, agent, centre and authority of the lot. */
  parties: readonly string[];
}

export const outsidersOnly = rule<EntrantFacts>("entry.not-eligible", {
  ruleId: "AST-005",
  check: ({ organisation, parties }, values) => finding(values.flag("allowed") || !parties.includes(organisation), {}),
  message: "委托人、组织竞价的机构及其工作人员不得参与竞买。",
  messageEn: "The owner and those who run the auction may not bid in it.",
});
