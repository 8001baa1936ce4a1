/**
 * 国有资金占控股或者主导地位的依法必须进行招标的项目，招标人应当确定排名第一的中标候选人为中标人。排名第一的中标候选人放弃中标、因不可抗力不能履行合同、不按照招标文件要求提交履约保证金，或者被查实存在影响中标结果的违法行为等情形，不符合中标条件的，招标人可以按照评标委员会提出的中标候选人名单排序依次确定其他中标候选人为中标人。
 * 评标和定标应当在投标有效期内完成。
 *
 * Law     招标投标法实施条例 第五十五条 (CON-072); 12号令 第四十条, 30号令 第二十九条 (CON-097)
 * Refuses "award.not-rank-one" { rank, lawful }, "award.validity-over" { validUntil, on }
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface WinnerFacts {
  mandatory: boolean;
  stateFunds: boolean;
  rank: number;
  /** The best rank among candidates that have not fallen away. */
  bestRank: number;
  /** Shanghai days. */
  validUntil: string;
  on: string;
}

export const winnerIsRankOne = rule<WinnerFacts>("award.not-rank-one", {
  ruleId: "CON-072",
  applies: ({ mandatory, stateFunds }) => mandatory && stateFunds,
  check({ rank, bestRank }, values) {
    const first = values.number("rank");
    return finding(rank === Math.max(first, bestRank), { rank, lawful: Math.max(first, bestRank) });
  },
  message: ({ rank, lawful }) =>
    `国有资金占控股或者主导地位的项目，应当确定第 ${String(lawful)} 名为中标人，不能确定第 ${String(rank)} 名。`,
  messageEn: "Where state funds dominate, the best remaining candidate must win.",
  whatToDo: "请确定排名第一的中标候选人；其放弃或者被查实违法的，先撤销或者由其放弃，再依次递补。",
});

export const bidIsStillValid = rule<WinnerFacts>("award.validity-over", {
  ruleId: "CON-097",
  check: ({ validUntil, on }, values) => finding(!values.flag("withinValidity") || on <= validUntil, { validUntil, on }),
  message: ({ validUntil }) => `该投标的有效期已于 ${String(validUntil)} 届满，不能据以定标。`,
  messageEn: "The bid is no longer valid.",
  whatToDo: "请书面要求投标人延长投标有效期；拒绝延长的投标人有权收回投标保证金。",
});
