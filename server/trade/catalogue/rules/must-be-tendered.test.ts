import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { mustBeTendered, notSplit } from "./must-be-tendered.ts";
import { smallWorks } from "./small-works.ts";

const [works, goods, services] = mustBeTendered as [(typeof mustBeTendered)[0], (typeof mustBeTendered)[0], (typeof mustBeTendered)[0]];

ruleTable(works, smallWorks, [
  ["one fen below 4 million yuan may be voluntary (16 号令 第五条第一项)", {}, passes],
  ["4 million yuan must be tendered", { estimateFen: 400_000_000n }, refused({ minimumYuan: "4000000.00" })],
  ["it passes when declared mandatory", { estimateFen: 400_000_000n, declaredMandatory: true }, passes],
  ["private money is free (第二条)", { estimateFen: 400_000_000n, budgetFundsFen: 0n }, doesNotApply],
]);

ruleTable(goods, { ...smallWorks, objectClass: "goods", estimateFen: 199_999_999n }, [
  ["goods below 2 million yuan (第五条第二项)", {}, passes],
  ["goods of 2 million yuan", { estimateFen: 200_000_000n }, refused({ estimateYuan: "2000000.00" })],
]);

ruleTable(services, { ...smallWorks, objectClass: "services", estimateFen: 99_999_999n }, [
  ["services below 1 million yuan (第五条第三项)", {}, passes],
  ["services of 1 million yuan", { estimateFen: 100_000_000n }, refused()],
  ["survey and design too", { objectClass: "surveyDesign", estimateFen: 100_000_000n }, refused()],
]);

ruleTable(notSplit, smallWorks, [
  ["one lot below the limit", {}, passes],
  ["two lots that reach it together (第五条第二款)", { aggregateFen: 400_000_000n }, refused({ aggregateYuan: "4000000.00" })],
]);
