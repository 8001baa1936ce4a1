import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { bidIsStillValid, type WinnerFacts, winnerIsRankOne } from "./winner-is-lawful.ts";

const base: WinnerFacts = { mandatory: true, stateFunds: true, rank: 1, bestRank: 1, validUntil: "2027-03-15", on: "2026-11-20" };

ruleTable(winnerIsRankOne, base, [
  ["the first (实施条例 第五十五条)", {}, passes],
  ["the second while the first stands", { rank: 2 }, refused({ rank: 2, lawful: 1 })],
  ["the second after the first gave up", { rank: 2, bestRank: 2 }, passes],
  ["the third while the second stands", { rank: 3, bestRank: 2 }, refused({ lawful: 2 })],
  ["private money is free to choose", { stateFunds: false, rank: 3 }, doesNotApply],
  ["so is a voluntary tender", { mandatory: false, rank: 3 }, doesNotApply],
]);

ruleTable(bidIsStillValid, base, [
  ["within the validity (12 号令 第四十条)", {}, passes],
  ["on its last day", { on: "2027-03-15" }, passes],
  ["a day later", { on: "2027-03-16" }, refused({ validUntil: "2027-03-15" })],
]);
