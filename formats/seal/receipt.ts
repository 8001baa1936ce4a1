/**
 * Receipts (seal-v1 §6): what the platform signs when a bid is durable and its digest numbered, never before.
 * 招标投标法 第二十八条: what arrives after the deadline is refused; the very instant is in time.
 */
import { concat, hex, utf8 } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import { type Bytes, messageIsSigned, type Random, signMessage } from "./group.ts";
import type { SealHeader, SealReceipt } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

export type ReceiptCode = "E_RECEIPT_SIG" | "E_LATE" | "E_RECEIPT_CHAIN";

/** What a new receipt says beyond its place in the chain. */
export interface ReceiptFields {
  header: Pick<SealHeader, "suite" | "tenderId" | "lotId" | "part" | "bidderId" | "version">;
  action: SealReceipt["action"];
  bidDigest: string;
  receivedAt: string;
  deadline: string;
  evidenceSeq: number;
  /** The receipt before it in the chain of this bidder and part. */
  previous: SealReceipt | null;
}

/** Signs the next receipt of a chain. @throws RangeError when the chain rules do not allow it. */
export function makeReceipt(fields: ReceiptFields, platformSecret: Uint8Array, random: Random): SealReceipt {
  return makeReceiptWith(fields, (message) => signMessage(suiteOf(fields.header.suite), platformSecret, message, random));
}

/** The same for a signer that keeps its key to itself. */
export function makeReceiptWith(fields: ReceiptFields, sign: (message: Uint8Array) => string): SealReceipt {
  const { header, action, bidDigest, receivedAt, deadline, evidenceSeq, previous } = fields;
  const { suite, tenderId, lotId, part, bidderId, version } = header;
  const unsigned = {
    v: 1 as const,
    format: "seal-receipt/v1" as const,
    suite,
    tenderId,
    lotId,
    part,
    bidderId,
    version,
    action,
    bidDigest,
    prev: previous === null ? null : receiptHash(previous),
    receivedAt,
    deadline,
    evidenceSeq,
  };
  const receipt = { ...unsigned, sig: sign(receiptMessage(unsigned)) };
  if (receivedAt > deadline || !receiptFollows(previous, receipt)) throw new RangeError("no receipt may be given for this act");
  return receipt;
}

export function receiptMessage(receipt: Omit<SealReceipt, "sig"> & { sig?: string }): Bytes {
  const { sig: _, ...unsigned } = receipt;
  return concat(utf8("seal/v1 receipt\n"), suiteOf(receipt.suite).hash(jcs(unsigned)));
}

/** The `prev` of the next receipt. */
export function receiptHash(receipt: SealReceipt): string {
  return hex(suiteOf(receipt.suite).hash(jcs(receipt)));
}

export function receiptIsSigned(receipt: SealReceipt, platformKey: string): boolean {
  return messageIsSigned(suiteOf(receipt.suite), platformKey, receiptMessage(receipt), receipt.sig);
}

/** Checks a chain from its first receipt as a bidder or an outsider would. */
export function checkReceipts(receipts: readonly SealReceipt[], platformKey: string, lastDeadline: string): ReceiptCode | undefined {
  if (!receipts.every((receipt) => receiptIsSigned(receipt, platformKey))) return "E_RECEIPT_SIG";
  if (receipts.some(({ receivedAt, deadline }) => receivedAt > deadline || deadline > lastDeadline)) return "E_LATE";
  const follows = receipts.every((receipt, i) => receiptFollows(receipts[i - 1] ?? null, receipt));
  return follows ? undefined : "E_RECEIPT_CHAIN";
}

/** The chain rules of §6. The last submitted version is that of the receipt before, since a withdrawal repeats it. */
function receiptFollows(last: SealReceipt | null, receipt: SealReceipt): boolean {
  if (last === null) return receipt.action === "submit" && receipt.version === 1 && receipt.prev === null;
  const keepsOrder =
    receipt.prev === receiptHash(last) &&
    receipt.receivedAt >= last.receivedAt &&
    receipt.evidenceSeq > last.evidenceSeq &&
    receipt.deadline >= last.deadline &&
    receipt.bidderId === last.bidderId &&
    receipt.part === last.part;
  if (receipt.action === "submit") return keepsOrder && receipt.version === last.version + 1;
  return keepsOrder && last.action === "submit" && receipt.version === last.version && receipt.bidDigest === last.bidDigest;
}
