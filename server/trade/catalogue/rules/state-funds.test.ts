import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { smallWorks } from "./small-works.ts";
import { fundsAreDeclared } from "./state-funds.ts";

ruleTable(fundsAreDeclared, { ...smallWorks, declaredSource: "other", budgetFundsFen: 200_000_000n, investmentFen: 2_000_000_001n }, [
  ["2 million yuan that are less than 10 % (16 号令 第二条第一项)", {}, passes],
  ["2 million yuan that are 10 %", { investmentFen: 2_000_000_000n }, refused({ budgetFundsFen: "200000000" })],
  ["less than 2 million yuan, all of it", { budgetFundsFen: 199_999_999n, investmentFen: 199_999_999n }, passes],
  ["declared as budget money", { investmentFen: 2_000_000_000n, declaredSource: "budget" }, passes],
]);
