import { doesNotApply, noticed, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { losersAreTold, reportIsInTime } from "./result-is-told.ts";

ruleTable(losersAreTold, { bidders: ["乙", "丙"], told: ["乙", "丙"] }, [
  ["all others at the same time (招标投标法 第四十五条)", {}, passes],
  ["one is left out", { told: ["乙"] }, refused({ untold: ["丙"] })],
]);

ruleTable(reportIsInTime, { mandatory: true, decidedAt: "2026-11-20", reportedAt: "2026-12-04" }, [
  ["the fourteenth day (招标投标法 第四十七条)", {}, passes],
  ["the fifteenth day is a Saturday and rolls to Monday (民法典 第二百零三条)", { reportedAt: "2026-12-07" }, passes],
  ["after it is overdue, and still a report", { reportedAt: "2026-12-08" }, noticed("overdue")],
  ["a voluntary tender", { mandatory: false }, doesNotApply],
]);
