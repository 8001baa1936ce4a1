/**
 * What the bank reports, as events of accounts: money came, was taken back, a refund was done or failed.
 * Each fact is recorded once, under the system actor, and names no lot.
 */
import type { Instant } from "../../kernel/index.ts";
import { type House, performOutside } from "../transaction/index.ts";
import { accountStream, findAccount, lockAccount, payerDigest } from "./account.ts";
import type { BankReceipt, BankReversal, RefundResult } from "./ports.ts";
import { accountOfOrder } from "./views.ts";

/** A second message about the same receipt changes nothing. @returns false for a repeat. */
export function recordReceipt(house: House, receipt: BankReceipt, now: Instant): Promise<boolean> {
  const { bankRef, account, amountFen, payerName, payerAccount, payerAccountKind, valueAt } = receipt;
  return performOutside(house, { commandId: `bank:receipt:${bankRef}`, now }, async (context) => {
    await lockAccount(context.tx, account);
    const digest = payerDigest(payerName, payerAccount);
    await context.append(accountStream(account), "dep.received", {
      account,
      bankRef,
      amountFen: amountFen.toString(),
      payerDigest: digest,
      payerAccountKind,
      valueAt,
    });
  });
}

export function recordReversal(
  house: House,
  { bankRef, ofBankRef, account, amountFen, reason }: BankReversal,
  now: Instant,
): Promise<boolean> {
  return performOutside(house, { commandId: `bank:reversal:${bankRef}`, now }, async (context) => {
    await lockAccount(context.tx, account);
    await context.append(accountStream(account), "dep.reversed", { account, bankRef, ofBankRef, amountFen: amountFen.toString(), reason });
  });
}

/** @throws for an order that this house never gave: a fault between the two systems, to be looked at by a person. */
export function recordRefundResult(house: House, result: RefundResult, now: Instant): Promise<boolean> {
  return performOutside(house, { commandId: `bank:refund:${result.orderId}:${result.state}`, now }, async (context) => {
    const { orderId, state, bankRef, reason } = result;
    const account = await accountOfOrder(context.tx, orderId);
    if (account) await lockAccount(context.tx, account);
    const refund = account && (await findAccount(context.tx, account))?.refunds.find((candidate) => candidate.orderId === orderId);
    if (!account || !refund) throw new Error(`the bank speaks of order ${orderId}, which nobody gave`);
    if (state === "done") await context.append(accountStream(account), "dep.refunded", { account, orderId, bankRef: bankRef ?? null });
    else
      await context.append(accountStream(account), "dep.refundFailed", {
        account,
        orderId,
        reason: reason ?? state,
        nextOrderId: context.newSealedId("dep"),
      });
  });
}
