import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { guaranteeOutlastsBid } from "./guarantee-validity.ts";

ruleTable(guaranteeOutlastsBid, { untilOn: "2027-04-07", requiredOn: "2027-04-07" }, [
  ["to the last day of the bid's validity (实施条例 第二十六条)", {}, passes],
  ["one day less", { untilOn: "2027-04-06" }, refused({ untilOn: "2027-04-06", requiredOn: "2027-04-07" })],
]);
