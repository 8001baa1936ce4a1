import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { candidatesAreFew, everybodySigned, type ReportFacts } from "./report-is-whole.ts";

const base: ReportFacts = { missing: [], candidates: 3 };

ruleTable(everybodySigned, base, [
  ["all have signed (实施条例 第五十三条)", {}, passes],
  ["one has not yet", { missing: [4] }, refused({ missing: ["4 号席"] })],
]);

ruleTable(candidatesAreFew, base, [
  ["three candidates", {}, passes],
  ["four are too many", { candidates: 4 }, refused({ candidates: 4, max: 3 })],
]);
