import { passes, refused, ruleTable } from "../../../kernel/rule-table.ts";
import { paidFromBasicAccount } from "./basic-account.ts";

ruleTable(paidFromBasicAccount, { payerAccountKind: "basic", isOwnAccount: true }, [
  ["from the firm's basic account (实施条例 第二十六条)", {}, passes],
  ["from another account of the firm", { payerAccountKind: "general" }, refused({ payerAccountKind: "general" })],
  ["from the basic account of somebody else", { isOwnAccount: false }, refused()],
  ["in cash", { payerAccountKind: "cash" }, refused()],
]);
