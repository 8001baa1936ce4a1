/** Deposit: money and guarantees behind a bid, unknown to all until the opening, back when the law says. The only door of this stage. */
import { closeWindow, type Stage } from "../transaction/index.ts";
import { claimDeposit, dischargeGuarantee, forfeitDeposit } from "./claim-and-forfeit.ts";
import { applyForGuarantee, issueGuarantee, refuseGuarantee } from "./guarantee-acts.ts";
import { depositNextSteps } from "./next-steps.ts";
import { openAccount } from "./open-account.ts";
import type { DepositBank } from "./ports.ts";
import { depositReactions } from "./reactions.ts";
import { depositReads } from "./reads.ts";
import { approveRelease, orderRelease, prepareRelease } from "./release-acts.ts";
import { accountView, joinedView } from "./views.ts";

export { recordReceipt, recordRefundResult, recordReversal } from "./bank-facts.ts";
export { type DepositAtOpening, depositsOf } from "./judge-deposits.ts";
export { type LotDeposit, lotDepositsOf } from "./lot-deposits.ts";
export type { BankReceipt, BankReversal, DepositBank, PayerAccountKind, PreparedRefund, RefundResult, RefundWish } from "./ports.ts";
export { type ReleaseCause, type ReleaseWish, releaseDue } from "./release.ts";

export function depositStage(bank: DepositBank): Stage {
  return {
    name: "deposit",
    acts: [
      openAccount(bank),
      applyForGuarantee,
      issueGuarantee,
      refuseGuarantee,
      claimDeposit,
      forfeitDeposit,
      dischargeGuarantee,
      prepareRelease(bank),
      orderRelease(bank),
      approveRelease(bank),
    ],
    reads: depositReads(bank),
    views: [accountView, joinedView],
    onMilestone: { bidDeadline: (context) => closeWindow(context, "deposit.collect") },
    reactions: depositReactions,
    nextSteps: depositNextSteps,
    live: {
      "dep.forfeited": () => ({ zh: "一笔投标保证金依法不予退还", en: "A deposit is kept by law" }),
    },
  };
}
