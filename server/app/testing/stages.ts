/** All stages as tests join them: without a bank behind the deposits, whose own tests bring theirs. */
import type { DepositBank } from "../../trade/deposit/index.ts";
import { stagesOf } from "../stages.ts";

const absent = () => Promise.reject(new Error("this test has no bank"));

const noBank: DepositBank = {
  openVirtualAccount: async () => undefined,
  prepareRefund: absent,
  signedBytesOf: () => new Uint8Array(0),
  orderRefund: absent,
  receiptInStatement: async () => "provisional",
};

export const stages = stagesOf({ bank: noBank });
