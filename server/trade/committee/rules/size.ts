/**
 * 评标委员会由招标人的代表和有关技术、经济等方面的专家组成，成员人数为五人以上单数，其中技术、经济等方面的专家不得少于成员总数的三分之二。
 *
 * Law      招标投标法 第三十七条 (CON-049); water projects seven or more (CON-050, 水利部令第14号 第四十条, not confirmed).
 * Refuses  "committee.size" { members, minMembers }, "committee.even" { members }, "committee.experts-share" { experts, members }
 */
import { committeeFaults, finding, type Rule, type RuleValues, rule } from "../../../kernel/index.ts";

export interface SizeFacts {
  experts: number;
  representatives: number;
  /** Water projects have a larger least size. */
  isWater: boolean;
}

const figures = ({ experts, representatives }: SizeFacts) => ({ experts, representatives, members: experts + representatives });
const lacks = (fault: ReturnType<typeof committeeFaults>[number], facts: SizeFacts, { row }: RuleValues) =>
  committeeFaults(facts, row).includes(fault);

export const isLargeEnough = rule<SizeFacts>("committee.size", {
  ruleId: "CON-049",
  check: (facts, values) => finding(!lacks("tooFewMembers", facts, values), { ...figures(facts), minMembers: values.number("minMembers") }),
  message: ({ members, minMembers }) => `评标委员会成员 ${members} 人，应为 ${minMembers} 人以上单数。`,
  messageEn: ({ members, minMembers }) => `The committee has ${members} members; at least ${minMembers} are needed, an odd number.`,
  whatToDo: "请增加抽取的专家人数。",
});

export const isOdd = rule<SizeFacts>("committee.even", {
  ruleId: "CON-049",
  check: (facts, values) => finding(!lacks("even", facts, values), figures(facts)),
  message: ({ members }) => `评标委员会成员 ${members} 人，应为单数。`,
  messageEn: ({ members }) => `The committee has ${members} members; the number has to be odd.`,
  whatToDo: "请将成员总数调整为单数。",
});

export const hasEnoughExperts = rule<SizeFacts>("committee.experts-share", {
  ruleId: "CON-049",
  check: (facts, values) => finding(!lacks("tooFewExperts", facts, values), figures(facts)),
  message: ({ experts, members }) => `成员 ${members} 人中专家 ${experts} 人，专家不得少于成员总数的三分之二。`,
  messageEn: ({ experts, members }) => `${experts} of ${members} members are experts; at least two thirds are needed.`,
  whatToDo: "请增加专家或减少招标人代表。",
});

export const isLargeEnoughForWater = rule<SizeFacts>("committee.size", {
  ruleId: "CON-050",
  applies: ({ isWater }) => isWater,
  check: (facts, values) => finding(!lacks("tooFewMembers", facts, values), { ...figures(facts), minMembers: values.number("minMembers") }),
  whatToDo: "水利工程请按更大的委员会人数抽取；该条文尚未核对。",
});

export const sizeRules: readonly Rule<SizeFacts>[] = [isLargeEnough, isOdd, hasEnoughExperts, isLargeEnoughForWater];
