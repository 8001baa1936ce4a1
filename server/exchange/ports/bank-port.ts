/**
 * What the platform wants of a bank, in its own words: virtual accounts, receipts, statements, refunds.
 * 招标投标法实施条例 26, 57; bank.md. No word here names a trade, a lot or a party: the bank must not learn them.
 */
import type { Envelope } from "../../../formats/exchange/index.ts";
import type { MessageDraft } from "../message-draft.ts";

export type PayerAccountKind = "basic" | "general" | "personal" | "cash" | "unknown";

export type BankFact =
  | { readonly fact: "poolOpened"; readonly poolId: string; readonly accounts: readonly string[]; readonly mainAccount: string }
  | {
      readonly fact: "received";
      readonly bankRef: string;
      readonly account: string;
      readonly amountFen: bigint;
      readonly payerName: string;
      readonly payerAccount: string;
      readonly payerAccountKind: PayerAccountKind;
      readonly valueAt: string;
      readonly postedAt: string;
      readonly remark?: string;
    }
  | {
      readonly fact: "reversed";
      readonly bankRef: string;
      readonly ofBankRef: string;
      readonly amountFen: bigint;
      readonly reason: string;
      readonly valueAt: string;
      readonly account: string;
    }
  | {
      readonly fact: "transferJudged";
      readonly orderId: string;
      readonly state: "done" | "rejected" | "returned";
      readonly bankRef?: string;
      readonly executedAt?: string;
      readonly reason?: string;
    }
  | { readonly fact: "transferCancelled"; readonly orderId: string; readonly outcome: "cancelled" | "tooLate" }
  | {
      readonly fact: "interestPosted";
      readonly account: string;
      readonly fromOn: string;
      readonly toOn: string;
      readonly ratePpm: number;
      readonly interestFen: bigint;
    }
  | {
      readonly fact: "accountFrozen" | "accountUnfrozen";
      readonly account: string;
      readonly authority: string;
      readonly documentNo: string;
    };

export interface StatementLine {
  readonly entryNo: number;
  readonly bankRef: string;
  readonly account: string;
  readonly dc: "C" | "D";
  readonly amountFen: bigint;
  readonly balanceAfterFen: bigint;
  readonly valueAt: string;
  readonly orderId?: string;
  readonly kind: string;
}

export interface TransferOrder {
  readonly orderId: string;
  readonly purpose: "refund" | "forfeit" | "settlement" | "fee" | "lateInterest";
  readonly fromAccount: string;
  readonly toName: string;
  readonly toAccount: string;
  /** 12 digits. */
  readonly toBankCode: string;
  readonly principalFen: bigint;
  readonly interestFen: bigint;
  /** The receipt that is refunded (原路退回); needed for a refund. */
  readonly ofBankRef?: string;
  readonly causeCode: string;
  readonly rulesetHash?: string;
}

/** The order as both persons sign it: personal fields are encrypted once, so that both sign the same bytes. */
export type PreparedTransfer = Readonly<Record<string, string>>;

export interface BankPort {
  openAccounts(wish: { poolId: string; purpose: "deposit" | "price" | "performance" | "fee"; count: number }): MessageDraft;
  prepareTransfer(order: TransferOrder): PreparedTransfer;
  /** The bytes that maker and checker sign with their P-256 keys, r ‖ s, hex64. */
  signedBytesOf(prepared: PreparedTransfer): Uint8Array;
  /** @throws RangeError when both signatures are by one key (bank.md BK11: refused before sending). */
  orderTransfer(
    prepared: PreparedTransfer,
    signed: { makerKey: string; makerSig: string; checkerKey: string; checkerSig: string },
  ): MessageDraft;
  cancelTransfer(orderId: string, reason: string): MessageDraft;
  /** A message of the bank as a fact, personal fields opened; undefined for a type that is none. */
  readFact(envelope: Envelope): BankFact | undefined;
  statementSince(mainAccount: string, afterEntryNo: number): Promise<{ entries: readonly StatementLine[]; lastEntryNo: number }>;
  /** Whole statements of a day, newest version of each; `refused` names files that were not whole. */
  statementsOf(day: string): Promise<{
    statements: readonly { mainAccount: string; version: number; closingFen: bigint; entries: readonly StatementLine[] }[];
    refused: readonly string[];
  }>;
  payerAccountKind(payer: { name: string; account: string }): Promise<PayerAccountKind>;
}
