import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { numbered } from "./numbered.ts";
import { twoPersons } from "./two-persons.ts";

// AST-021 竞价暂停须双人批准并说明理由
ruleTable(twoPersons, { persons: ["per_a"], firstIsOfCentre: true }, [
  ["one person of the centre may ask", {}, passes],
  ["another person joins", { persons: ["per_a", "per_b"] }, passes],
  ["the same person cannot join itself", { persons: ["per_a", "per_a"] }, refused({ persons: 1, required: 2 })],
  ["somebody else than the centre cannot be first", { firstIsOfCentre: false }, refused()],
]);

// AST-016 保证金截止前足额到账方可取得竞买资格（号牌）
ruleTable(numbered, { hasNumber: true }, [
  ["with a number one enters", {}, passes],
  ["without one nobody does", { hasNumber: false }, refused({ hasNumber: false })],
]);
