import { noticed, passes, ruleTable } from "../../../kernel/rule-table.ts";
import { acceptanceIsInTime, answerIsInTime, decisionIsInTime } from "./answered-in-time.ts";

ruleTable(answerIsInTime, { from: "2026-11-17", to: "2026-11-20" }, [
  ["the third day (实施条例 第五十四条)", {}, passes],
  ["the fourth is a Saturday; Friday was the last", { to: "2026-11-21" }, noticed("overdue")],
]);

ruleTable(acceptanceIsInTime, { from: "2026-11-19", to: "2026-11-24" }, [
  ["three working days over a weekend (第六十一条)", {}, passes],
  ["the fourth working day", { to: "2026-11-25" }, noticed("overdue")],
]);

ruleTable(decisionIsInTime, { from: "2026-11-02", to: "2026-12-14" }, [
  ["the thirtieth working day (第六十一条)", {}, passes],
  ["the thirty-first", { to: "2026-12-15" }, noticed("overdue")],
]);
