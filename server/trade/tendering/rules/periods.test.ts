import { instantAt } from "../../../kernel/index.ts";
import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { lawfulTerms } from "./lawful-terms.ts";
import { bidPeriodIsLongEnough, offerIsLongEnough } from "./periods.ts";

ruleTable(offerIsLongEnough, lawfulTerms, [
  ["the 5th day is enough (实施条例 第十六条; 民法典 201: 3 月 2 日 not counted)", {}, passes],
  ["the 4th day is not", { offerEndAt: instantAt("2026-03-06", "23:59") }, refused({ measured: 4, required: 5, earliestOn: "2026-03-07" })],
]);

ruleTable(bidPeriodIsLongEnough, lawfulTerms, [
  ["the 20th day is enough (招标投标法 第二十四条)", {}, passes],
  [
    "the 19th day is not",
    { bidDeadlineAt: instantAt("2026-03-21", "23:59") },
    refused({ measured: 19, required: 20, earliestOn: "2026-03-22" }),
  ],
  ["a holiday at its end changes nothing (a minimum does not roll)", { bidDeadlineAt: instantAt("2026-03-22", "09:00") }, passes],
  ["a voluntary tender is free", { bidDeadlineAt: instantAt("2026-03-08", "09:00"), isMandatory: false }, doesNotApply],
]);
