/** Who may not bid in this lot: the agent that runs it, and the buyer itself. */
import { finding, rule } from "../../../kernel/index.ts";

export interface PartyFacts {
  organisation: string;
  buyer: string;
  agent: string | null;
}

/** 招标投标法实施条例 第十三条：招标代理机构不得在所代理的招标项目中投标或者代理投标。 */
export const partyIsAgent = rule<PartyFacts>("bid.party-is-agent", {
  ruleId: "CON-094",
  check: ({ organisation, agent }) => finding(organisation !== agent, { organisation }),
  message: "代理机构不得在其代理的招标项目中投标。",
  messageEn: "The agent of a tender may not bid in it.",
  whatToDo: "请由其他单位投标。",
});

/** 招标投标法实施条例 第三十四条：与招标人存在利害关系可能影响招标公正性的，不得参加投标；招标人自己更不得投标。 */
export const partyIsBuyer = rule<PartyFacts>("bid.party-is-buyer", {
  ruleId: "CON-040",
  check: ({ organisation, buyer }) => finding(organisation !== buyer, { organisation }),
  message: "招标人不得在自己的招标项目中投标。",
  messageEn: "The buyer may not bid in its own tender.",
  whatToDo: "请由其他单位投标。",
});
