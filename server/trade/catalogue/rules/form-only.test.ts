import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { centreDoesNotApprove, marketIsNotRestricted } from "./form-only.ts";

for (const declared of [marketIsNotRestricted, centreDoesNotApprove]) {
  ruleTable(declared, { items: ["files"] }, [
    ["a missing file is form (39 号令 第十八条)", {}, passes],
    ["a bidder's standing is substance", { items: ["files", "registeredCapital"] }, refused({ items: ["registeredCapital"] })],
  ]);
}
