/** All stages as tests join them: without bank and expert pool, whose stages' own tests bring theirs. */
import type { ExpertPool } from "../../trade/committee/index.ts";
import type { DepositBank } from "../../trade/deposit/index.ts";
import { stagesOf } from "../stages.ts";

const absent = () => Promise.reject(new Error("this test has nobody outside"));

const noBank: DepositBank = {
  openVirtualAccount: async () => undefined,
  prepareRefund: absent,
  signedBytesOf: () => new Uint8Array(0),
  orderRefund: absent,
  receiptInStatement: async () => "provisional",
};

const noPool: ExpertPool = { drawServiceKey: "", joinKeyId: "", send: absent, recusedBy: () => [] };

export const stages = stagesOf({ bank: noBank, experts: noPool });
