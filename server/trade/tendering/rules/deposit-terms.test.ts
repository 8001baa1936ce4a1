import { doesNotApply, passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { cashIsNotForced, depositIsBelowCap, depositShareIsLow, validityBeginsAtDeadline } from "./deposit-terms.ts";
import { lawfulTerms } from "./lawful-terms.ts";

type Cap = (typeof depositIsBelowCap)[number];
const [works, goods, surveyDesign] = depositIsBelowCap as [Cap, Cap, Cap];

ruleTable(depositShareIsLow, lawfulTerms, [
  ["2 % to the fen (实施条例 第二十六条)", {}, passes],
  ["one fen more", { depositFen: 60_000_001n }, refused({ depositFen: "60000001", maxPercent: 2 })],
  ["no deposit at all", { depositFen: 0n, estimateFen: 0n }, passes],
]);

ruleTable(works, { ...lawfulTerms, estimateFen: 100_000_000_000n, depositFen: 80_000_000n }, [
  ["800,000 yuan for works (30 号令 第三十七条)", {}, passes],
  ["one fen more", { depositFen: 80_000_001n }, refused({ maximumYuan: "800000.00" })],
]);

ruleTable(goods, { ...lawfulTerms, objectClass: "goods", depositFen: 80_000_000n }, [
  ["800,000 yuan for goods (27 号令 第二十七条)", {}, passes],
  ["one fen more", { depositFen: 80_000_001n }, refused()],
  ["works have their own row", { objectClass: "works" }, doesNotApply],
]);

ruleTable(surveyDesign, { ...lawfulTerms, objectClass: "surveyDesign", depositFen: 10_000_000n }, [
  ["100,000 yuan for survey and design (2 号令 第二十四条)", {}, passes],
  ["one fen more", { depositFen: 10_000_001n }, refused({ maximumYuan: "100000.00" })],
]);

ruleTable(validityBeginsAtDeadline, lawfulTerms, [
  ["from the deadline, the deposit as long as the bid (实施条例 第二十五条、第二十六条)", {}, passes],
  ["from the issue of the document", { bidValidityFrom: "documentIssued" }, refused()],
  ["a deposit one day shorter", { depositValidityDays: 89 }, refused({ depositValidityDays: 89 })],
  ["a deposit one day longer is not the same either", { depositValidityDays: 91 }, refused()],
]);

ruleTable(cashIsNotForced, lawfulTerms, [
  ["transfer and every form of guarantee (发改法规〔2023〕27 号)", {}, passes],
  ["money only", { depositForms: ["1"] }, refused({ missing: ["3", "4", "5"] })],
  ["a guarantee only is a limit too", { depositForms: ["3", "4", "5"] }, refused()],
  ["no deposit, no form", { depositFen: 0n, depositForms: [] }, doesNotApply],
]);
