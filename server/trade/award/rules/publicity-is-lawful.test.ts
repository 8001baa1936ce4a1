import { doesNotApply, noticed, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { candidateFieldsAreWhole, type PublicityFacts, publicityIsLongEnough, publicityStartsSoon } from "./publicity-is-lawful.ts";

const base: PublicityFacts = {
  mandatory: true,
  reportedAt: "2026-11-16",
  publishedAt: "2026-11-17",
  endsOn: "2026-11-20",
  emptyFields: [],
};

ruleTable(publicityStartsSoon, base, [
  ["the next day (实施条例 第五十四条)", {}, passes],
  ["the third day", { publishedAt: "2026-11-19" }, passes],
  ["the fourth day is overdue, and lawful", { publishedAt: "2026-11-20" }, noticed("overdue")],
  ["a voluntary tender", { mandatory: false }, doesNotApply],
]);

ruleTable(publicityIsLongEnough, base, [
  ["three days, the day of publication not counted (民法典 第二百零一条)", {}, passes],
  ["two days", { endsOn: "2026-11-19" }, refused({ measured: 2, required: 3, earliestOn: "2026-11-20" })],
  ["a voluntary tender", { mandatory: false, endsOn: "2026-11-18" }, doesNotApply],
]);

ruleTable(candidateFieldsAreWhole, base, [
  ["everything is there (10 号令 第六条)", {}, passes],
  ["the manager's certificate is not", { emptyFields: ["1.managerCertificate"] }, refused({ fields: ["1.managerCertificate"] })],
  ["the channel for objections is not", { emptyFields: ["objectionChannel"] }, refused()],
  ["a voluntary tender", { mandatory: false, emptyFields: ["1.quality"] }, doesNotApply],
]);
