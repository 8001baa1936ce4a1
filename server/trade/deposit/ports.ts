/**
 * What this stage wants of the bank that keeps deposits, in its own words. The bank sees accounts,
 * payers and sums; no word here names a trade, a lot or the role of a party (招标投标法 第二十二条).
 * Everything sent is written in the transaction of its cause (a durable outbox stands behind it).
 */
import type { Transaction } from "../../runtime/database/index.ts";

export type PayerAccountKind = "basic" | "general" | "personal" | "cash" | "unknown";

/** Money that came, as the bank reports it. */
export interface BankReceipt {
  bankRef: string;
  account: string;
  amountFen: bigint;
  payerName: string;
  payerAccount: string;
  payerAccountKind: PayerAccountKind;
  /** Value date: this instant is judged against the deadline. */
  valueAt: string;
}

/** A receipt that the bank took back. */
export interface BankReversal {
  bankRef: string;
  ofBankRef: string;
  account: string;
  amountFen: bigint;
  reason: string;
}

/** What became of an order to refund. */
export interface RefundResult {
  orderId: string;
  state: "done" | "rejected" | "returned";
  bankRef?: string;
  reason?: string;
}

/** Give back one receipt to whoever paid it (原路退回), with interest. */
export interface RefundWish {
  orderId: string;
  fromAccount: string;
  ofBankRef: string;
  principalFen: bigint;
  interestFen: bigint;
  causeCode: string;
}

/** The order as both persons sign it, byte for byte; personal fields are encrypted once. */
export type PreparedRefund = Readonly<Record<string, string>>;

export interface DepositBank {
  /** A virtual account that nobody was given before, taken from pools opened ahead of need; undefined when there is none left. */
  openVirtualAccount(tx: Transaction): Promise<string | undefined>;
  /** The payer is found by the receipt. */
  prepareRefund(tx: Transaction, wish: RefundWish): Promise<PreparedRefund>;
  /** The bytes that maker and checker sign with their P-256 keys. */
  signedBytesOf(prepared: PreparedRefund): Uint8Array;
  /** Puts the order on its way. */
  orderRefund(
    tx: Transaction,
    prepared: PreparedRefund,
    signed: { makerKey: string; makerSig: string; checkerKey: string; checkerSig: string },
  ): Promise<void>;
  /** Does the bank's own statement have this receipt? Money may leave only when it is `matched`. */
  receiptInStatement(receipt: { bankRef: string; account: string; amountFen: bigint }): Promise<"matched" | "disputed" | "provisional">;
}
