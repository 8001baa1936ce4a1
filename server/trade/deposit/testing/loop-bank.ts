/** A bank behind the port that answers at once: for tests of the stage only. The protocol to the simulated bank is tested apart. */
import { jcs } from "../../../../formats/jcs.ts";
import type { TestHouse } from "../../../app/testing/test-house.ts";
import { instantText } from "../../../kernel/index.ts";
import { recordReceipt, recordRefundResult } from "../bank-facts.ts";
import type { BankReceipt, DepositBank, PayerAccountKind, PreparedRefund } from "../ports.ts";

export interface LoopBank extends DepositBank {
  orders: PreparedRefund[];
  /** Receipts that its statement does not have, by reference. */
  missingInStatement: Set<string>;
  accountsLeft: number;
}

export function loopBank(): LoopBank {
  let serial = 0;
  const bank: LoopBank = {
    orders: [],
    missingInStatement: new Set(),
    accountsLeft: 1000,
    async openVirtualAccount() {
      if (bank.accountsLeft === 0) return undefined;
      bank.accountsLeft -= 1;
      serial += 1;
      return `0000${String(serial).padStart(16, "0")}`;
    },
    async prepareRefund(_tx, { orderId, fromAccount, ofBankRef, principalFen, interestFen, causeCode }) {
      return {
        orderId,
        kind: "refund",
        fromAccount,
        ofBankRef,
        principalFen: principalFen.toString(),
        interestFen: interestFen.toString(),
        causeCode,
      };
    },
    signedBytesOf: (prepared) => jcs({ ...prepared }),
    async orderRefund(_tx, prepared) {
      bank.orders.push(prepared);
    },
    receiptInStatement: async ({ bankRef }) => (bank.missingInStatement.has(bankRef) ? "provisional" : "matched"),
  };
  return bank;
}

export interface Payment {
  account: string;
  amountFen: bigint;
  payerName: string;
  payerAccount: string;
  payerAccountKind?: PayerAccountKind;
  bankRef?: string;
  valueAt?: string;
}

let payments = 0;

/** Money arrives at the bank, and the bank tells the platform. @returns the receipt. */
export async function pay(house: TestHouse, payment: Payment): Promise<BankReceipt> {
  payments += 1;
  const receipt = { payerAccountKind: "basic" as const, bankRef: `br-${payments}`, valueAt: instantText(house.clock.now()), ...payment };
  await recordReceipt(house.house.parts, receipt, house.clock.now());
  await house.house.settle();
  return receipt;
}

export async function refundDone(house: TestHouse, orderId: string, state: "done" | "rejected" = "done"): Promise<void> {
  await recordRefundResult(house.house.parts, { orderId, state, bankRef: `paid-${orderId}` }, house.clock.now());
  await house.house.settle();
}
