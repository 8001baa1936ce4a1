/**
 * 有利害关系的人员不得担任评标委员会成员；行政监督部门的工作人员不得担任本部门负责监督项目的评标委员会成员。
 *
 * Law      评标委员会和评标方法暂行规定 第十二条 (CON-053); 招标投标法实施条例 第四十六条 (CON-054).
 * Refuses  "committee.recusal" { relation }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface RecusalFacts {
  /** Organisation in which the person is enrolled. */
  organisationId: string;
  /** Drawn from the pool; else the buyer's representative. */
  isExpert: boolean;
  buyer: string;
  agent: string | null;
  supervisor: string;
  /** Bidders, once their bids were opened; before, nobody may know them. */
  bidders: readonly string[];
  /** The pool's roster shows a relation to a bidder (join tags). */
  isRelated: boolean;
}

export const hasNoInterest = rule<RecusalFacts>("committee.recusal", {
  ruleId: "CON-053",
  check({ organisationId, isExpert, buyer, agent, bidders, isRelated }) {
    // The buyer's representative belongs to the buyer or its agent by law; an expert must not.
    const isHost = isExpert && (organisationId === buyer || organisationId === agent);
    const isBidder = isRelated || bidders.includes(organisationId);
    return finding(!isHost && !isBidder, { relation: isBidder ? "bidder" : isHost ? "host" : "none" });
  },
  whatToDo: "应当回避的人员不进入评标委员会，由抽取次序中的下一位替补。",
});

export const isNoSupervisionStaff = rule<RecusalFacts>("committee.recusal", {
  ruleId: "CON-054",
  check: ({ organisationId, supervisor }) =>
    finding(organisationId !== supervisor, { relation: organisationId === supervisor ? "supervisor" : "none" }),
  whatToDo: "请更换人员。",
});

export const recusalRules = [hasNoInterest, isNoSupervisionStaff];
