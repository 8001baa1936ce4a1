import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { excludedBidsAreRejected, type GroundFacts, groundIsListed } from "./ground-is-listed.ts";

const base: GroundFacts = { listed: [1, 2, 3, 4, 5, 6, 7], votes: [{ bid: "甲公司", ground: 5, reason: "报价高于最高投标限价" }] };

ruleTable(groundIsListed, base, [
  ["a listed ground with its reason (实施条例 第五十一条第五项)", {}, passes],
  ["nobody is rejected", { votes: [] }, passes],
  ["a ground that nobody listed", { votes: [{ bid: "甲公司", ground: 8, reason: "印象不好" }] }, refused({ bids: ["甲公司"] })],
  ["no ground", { votes: [{ bid: "甲公司", ground: null, reason: "不符合" }] }, refused()],
  ["a listed ground without a reason", { votes: [{ bid: "甲公司", ground: 5, reason: " " }] }, refused({ causesByLaw: 7 })],
]);

ruleTable(excludedBidsAreRejected, { excluded: [] as string[] }, [
  ["every price lies within the limits", {}, passes],
  ["a price above the ceiling still ranks (第五十一条第五项)", { excluded: ["甲公司"] }, refused({ bids: ["甲公司"] })],
]);
