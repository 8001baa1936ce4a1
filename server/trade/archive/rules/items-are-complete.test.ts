import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { itemsAreComplete } from "./items-are-complete.ts";

ruleTable(itemsAreComplete, { missing: [] as readonly string[] }, [
  ["everything that the steps demand is there (39号令 第十七条)", {}, passes],
  ["the written report is missing", { missing: ["招标投标情况书面报告"] }, refused({ missing: ["招标投标情况书面报告"] })],
]);
