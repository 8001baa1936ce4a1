/**
 * 境内投标单位以现金或者支票形式提交的投标保证金应当从其基本账户转出.
 *
 * Law      实施条例 第二十六条 (CON-028).
 * Refuses  "deposit.not-basic-account": the receipt does not count as paid; the money goes back.
 */
import { finding, rule } from "../../../kernel/index.ts";

export interface PayerFacts {
  payerAccountKind: string;
  /** Is the payer the firm's own registered basic account, where one is registered? */
  isOwnAccount: boolean;
}

export const paidFromBasicAccount = rule<PayerFacts>("deposit.not-basic-account", {
  ruleId: "CON-028",
  check: ({ payerAccountKind, isOwnAccount }, values) =>
    finding(!values.flag("basicAccountOnly") || (payerAccountKind === "basic" && isOwnAccount), { payerAccountKind, isOwnAccount }),
  whatToDo: "请从本单位的基本账户转出投标保证金。",
});
