import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { type CriteriaFacts, criteriaAreDeclared, scoresAreDeclared } from "./criteria-are-declared.ts";

const base: CriteriaFacts = { declared: ["tec-1", "tec-2"], used: ["tec-1"], offScale: [] };

ruleTable(criteriaAreDeclared, base, [
  ["a declared criterion (实施条例 第四十九条)", {}, passes],
  ["a criterion of the committee's own", { used: ["tec-1", "local-office"] }, refused({ criteria: ["local-office"] })],
]);

ruleTable(scoresAreDeclared, base, [
  ["scores on the declared scale", {}, passes],
  ["half a point above the greatest score", { offScale: ["tec-1: outOfRange"] }, refused({ scores: ["tec-1: outOfRange"] })],
]);
