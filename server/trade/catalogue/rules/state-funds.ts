/**
 * 使用预算资金 200 万元人民币以上，并且该资金占投资额 10% 以上的项目，属于国有资金项目.
 *
 * Law      必须招标的工程项目规定 第二条 (CON-004).
 * Unit     yuan and per cent of the investment; both must be reached.
 * Refuses  "adm.funds-misdeclared" when such a project is declared to use other money.
 */
import { compareShare, fenText, finding, rule } from "../../../kernel/index.ts";
import type { AdmissionFacts } from "./admission-facts.ts";

export const fundsAreDeclared = rule<AdmissionFacts>("adm.funds-misdeclared", {
  ruleId: "CON-004",
  message: "该项目使用的预算资金达到规定的金额和比例，属于国有资金项目，资金性质不能登记为“其他”。",
  messageEn: "The budget money in this project reaches the amount and the share: its funds are state funds.",
  whatToDo: "请将资金性质登记为预算资金或者国有资金。",
  check: ({ budgetFundsFen, investmentFen, declaredSource }, values) => {
    const isState =
      budgetFundsFen >= values.fen("minBudgetFunds") &&
      investmentFen > 0n &&
      compareShare(budgetFundsFen, investmentFen, values.share("minShare")) >= 0;
    return finding(!isState || declaredSource !== "other", {
      budgetFundsFen: fenText(budgetFundsFen),
      investmentFen: fenText(investmentFen),
    });
  },
});
