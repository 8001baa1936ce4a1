import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { allRejectedMeansAgain, type CompetitionFacts, competitionIsInQuestion, competitionIsJudged } from "./competition-is-judged.ts";

const base: CompetitionFacts = { validBids: 3, judged: 0, seats: 5, rejectsAll: false };

ruleTable(competitionIsJudged, base, [
  ["three are enough (12 号令 第二十七条)", {}, passes],
  ["two, and three of five seats have judged", { validBids: 2, judged: 3 }, passes],
  ["two, and only two seats have judged", { validBids: 2, judged: 2 }, refused({ validBids: 2, threshold: 3, judged: 2 })],
  ["none left is another case (第四十二条)", { validBids: 0 }, doesNotApply],
]);

ruleTable(competitionIsInQuestion, { ...base, rejectsAll: true }, [
  ["two may all be rejected", { validBids: 2 }, passes],
  ["three may not", {}, refused({ validBids: 3 })],
  ["nobody wants it", { rejectsAll: false }, doesNotApply],
]);

ruleTable(allRejectedMeansAgain, { mandatory: true, validBids: 0, reTender: true }, [
  ["all rejected, tendered again (招标投标法 第四十二条)", {}, passes],
  ["all rejected, and nothing said", { reTender: false }, refused()],
  ["a voluntary tender", { mandatory: false }, doesNotApply],
]);
