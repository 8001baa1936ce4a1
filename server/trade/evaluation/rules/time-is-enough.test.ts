import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { type TimeFacts, timeIsEnough } from "./time-is-enough.ts";

const base: TimeFacts = { asking: 0, seats: 6, timeOver: false, until: null };

ruleTable(timeIsEnough, base, [
  ["nobody asks", {}, passes],
  ["a third is not more than a third (实施条例 第四十八条)", { asking: 2 }, passes],
  ["three of six are", { asking: 3 }, refused({ asking: 3, seats: 6 })],
  ["two of five are", { asking: 2, seats: 5 }, refused()],
  ["the extension is over", { asking: 3, timeOver: true }, passes],
]);
