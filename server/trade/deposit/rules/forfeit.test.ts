import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { forfeitHasLawfulCause } from "./forfeit.ts";

ruleTable(forfeitHasLawfulCause, { cause: "revokedAfterDeadline" }, [
  ["a bid revoked after the deadline (实施条例 第三十五条)", {}, passes],
  ["a winner that does not sign (第七十四条)", { cause: "refusedContract" }, passes],
  ["a bid that was merely rejected", { cause: "rejected" }, refused({ cause: "rejected" })],
]);
