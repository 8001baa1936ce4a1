/**
 * A virtual account: what came, what went back. Its stream names account and sums, never a lot; until the
 * opening nobody but the firm itself knows to which lot it belongs (roles.md §2: the cashier sees
 * account and sum, not the lot).
 *
 * Law: 招标投标法 第二十二条; 实施条例 第二十六条, 第三十五条, 第五十七条.
 */
import { concat, hex, lp } from "../../../formats/bytes.ts";
import { sha256 } from "../../../formats/jcs.ts";
import { type CommandOf, type StateOf, states } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";
import type { PreparedRefund } from "./ports.ts";

/** One refund of one receipt (model.md §3, deposit: releasing). */
export const refundStates = states({
  due: { prepare: "prepared" },
  prepared: { prepare: "prepared", order: "ordered" },
  ordered: { prepare: "prepared", approve: "approved" },
  approved: { refund: "refunded", failRefund: "due" },
  // A bank may send money back that it had paid already.
  refunded: { failRefund: "due" },
});
export type RefundState = StateOf<typeof refundStates>;
export type RefundCommand = CommandOf<typeof refundStates>;

export interface Receipt {
  bankRef: string;
  amountFen: bigint;
  payerDigest: string;
  payerAccountKind: string;
  valueAt: string;
  reversed: boolean;
}

export interface Refund {
  orderId: string;
  state: RefundState;
  bankRef: string;
  principalFen: bigint;
  interestFen: bigint | null;
  cause: string;
  /** When the fact that releases it was recorded. */
  askedAt: string;
  /** The day by which the money must be back. */
  dueOn: string;
  prepared: PreparedRefund | null;
  maker: { personId: string; key: string; sig: string } | null;
  failures: number;
}

export interface Account {
  account: string;
  receipts: readonly Receipt[];
  refunds: readonly Refund[];
}

/** The stream of an account: its name is derived from the number and says nothing else. */
export function accountStream(account: string): string {
  return `dep_${hex(sha256("egret/v1 deposit account\n", account)).slice(0, 26).toUpperCase()}`;
}

/** Stands for a payer where its name and number need not be known. */
export function payerDigest(name: string, account: string): string {
  return hex(sha256("egret/v1 payer\n", concat(lp(name), lp(account))));
}

export function evolveAccount(account: Account | undefined, { type, data, actor, at }: RecordedEvent): Account {
  const now = account ?? { account: data.account, receipts: [], refunds: [] };
  const change = (orderId: string, part: Partial<Refund>): Account => ({
    ...now,
    refunds: now.refunds.map((refund) => (refund.orderId === orderId ? { ...refund, ...part } : refund)),
  });
  switch (type) {
    case "dep.received": {
      const { bankRef, amountFen, payerDigest: digest, payerAccountKind, valueAt } = data;
      return {
        ...now,
        receipts: [
          ...now.receipts,
          { bankRef, amountFen: BigInt(amountFen), payerDigest: digest, payerAccountKind, valueAt, reversed: false },
        ],
      };
    }
    case "dep.reversed":
      return {
        ...now,
        receipts: now.receipts.map((receipt) => (receipt.bankRef === data.ofBankRef ? { ...receipt, reversed: true } : receipt)),
      };
    case "dep.releaseDue": {
      const { orderId, bankRef, principalFen, cause, dueOn } = data;
      const due = {
        orderId,
        state: "due" as const,
        bankRef,
        principalFen: BigInt(principalFen),
        interestFen: null,
        cause,
        askedAt: at,
        dueOn,
        prepared: null,
        maker: null,
        failures: 0,
      };
      return { ...now, refunds: [...now.refunds, due] };
    }
    case "dep.releasePrepared":
      return change(data.orderId, { state: "prepared", interestFen: BigInt(data.interestFen), prepared: data.prepared, maker: null });
    case "dep.releaseOrdered":
      return change(data.orderId, { state: "ordered", maker: { personId: actor, key: data.makerKey, sig: data.makerSig } });
    case "dep.releaseApproved":
      return change(data.orderId, { state: "approved" });
    case "dep.refunded":
      return change(data.orderId, { state: "refunded" });
    case "dep.refundFailed": {
      const failed = now.refunds.find((refund) => refund.orderId === data.orderId);
      // The next attempt is a new order: an id is executed once at the bank.
      return change(data.orderId, {
        state: "due",
        orderId: data.nextOrderId,
        prepared: null,
        maker: null,
        failures: (failed?.failures ?? 0) + 1,
      });
    }
    default:
      return now;
  }
}

/** One change of an account at a time: the bank, the cashier and a firm may speak of it at once. */
export async function lockAccount(tx: Transaction, account: string): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 4))", [account]);
}

export function findAccount(db: Queryable, account: string): Promise<Account | undefined> {
  return foldStream(db, accountStream(account), evolveAccount);
}

/** Receipts that stand and for which no refund was ordered yet. */
export function heldReceipts({ receipts, refunds }: Account): Receipt[] {
  return receipts.filter((receipt) => !receipt.reversed && !refunds.some((refund) => refund.bankRef === receipt.bankRef));
}
