import { doesNotApply, noticed, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { isDrawnShortlyBefore } from "./draw-lead.ts";
import { expertIsFit } from "./expert-fit.ts";
import { hasNoInterest, isNoSupervisionStaff, type RecusalFacts } from "./recusal.ts";
import { hadTimeToCome } from "./replace-time.ts";
import { hasEnoughExperts, isLargeEnough, isLargeEnoughForWater, isOdd } from "./size.ts";

const five = { experts: 4, representatives: 1, isWater: false };
ruleTable(isLargeEnough, five, [
  ["five members are enough (招标投标法 第三十七条)", {}, passes],
  ["three are not", { experts: 2 }, refused({ members: 3, minMembers: 5 })],
]);
ruleTable(isOdd, five, [
  ["five is odd (第三十七条)", {}, passes],
  ["six is not", { experts: 5 }, refused({ members: 6 })],
]);
ruleTable(hasEnoughExperts, five, [
  ["four of five are more than two thirds (第三十七条)", {}, passes],
  ["exactly two thirds are enough", { experts: 6, representatives: 3 }, passes],
  ["three of five are not", { experts: 3, representatives: 2 }, refused({ experts: 3, members: 5 })],
]);
ruleTable(isLargeEnoughForWater, { experts: 6, representatives: 1, isWater: true }, [
  ["seven are enough for water (水利部令第14号 第四十条)", {}, passes],
  ["five only warn while the text is not confirmed", { experts: 4 }, noticed("warned", { minMembers: 7 })],
  ["other works have no such rule", { experts: 4, isWater: false }, doesNotApply],
]);

const beginsAt = Date.parse("2026-11-25T01:00:00.000Z");
ruleTable(isDrawnShortlyBefore, { drawnAt: beginsAt - 48 * 3_600_000, beginsAt, leadHours: 48 }, [
  ["48 hours before is allowed", {}, passes],
  ["a millisecond earlier is not (第三十七条: names are secret)", { drawnAt: beginsAt - 48 * 3_600_000 - 1 }, refused({ leadHours: 48 })],
]);

ruleTable(expertIsFit, { years: 8, isSenior: true }, [
  ["eight years and a senior title (第三十七条)", {}, passes],
  ["seven years are too few", { years: 7 }, refused({ years: 7, minYears: 8 })],
  ["without a senior title", { isSenior: false }, refused({ isSenior: false })],
]);

const free: RecusalFacts = {
  organisationId: "org_x",
  isExpert: true,
  buyer: "org_b",
  agent: "org_a",
  supervisor: "org_s",
  bidders: [],
  isRelated: false,
};
ruleTable(hasNoInterest, free, [
  ["nobody's man (12号令 第十二条)", {}, passes],
  ["an expert of the buyer's house", { organisationId: "org_b" }, refused({ relation: "host" })],
  ["the buyer's representative belongs there", { organisationId: "org_b", isExpert: false }, passes],
  ["somebody of a bidder, known after the opening", { bidders: ["org_x"] }, refused({ relation: "bidder" })],
  ["a relation that only the roster's tags show", { isRelated: true }, refused({ relation: "bidder" })],
]);
ruleTable(isNoSupervisionStaff, free, [
  ["not of the authority (实施条例 第四十六条)", {}, passes],
  ["staff of the authority that supervises the project", { organisationId: "org_s" }, refused({ relation: "supervisor" })],
]);

ruleTable(hadTimeToCome, { now: beginsAt, earliestAt: beginsAt }, [
  ["at the very time somebody may be called absent (实施条例 第四十八条)", {}, passes],
  ["a millisecond before, not", { now: beginsAt - 1 }, refused()],
]);
