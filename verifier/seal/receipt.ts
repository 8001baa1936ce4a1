/**
 * One receipt alone (seal-v1 §6): what a bidder keeps. It proves that the platform has taken the bid in time; it
 * carries no key, so that the reader has to know the platform's key from elsewhere.
 */
import { concat } from "../../formats/bytes.ts";
import { jcs } from "../../formats/jcs.ts";
import { readIJson } from "../i-json.ts";
import { findAlgorithms, isSigned } from "./algorithms.ts";
import type { SealCode } from "./codes.ts";
import { isReceipt, type Receipt } from "./record.ts";

export type ReceiptVerdict = { ok: true; receipt: Omit<Receipt, "sig"> } | { ok: false; code: SealCode };

/** Verifies a seal-receipt/v1 text under one of the platform keys that the reader trusts. */
export function verifyReceipt(input: string | Uint8Array, platformKeys: readonly string[]): ReceiptVerdict {
  const value = readIJson(input);
  if (value === undefined) return { ok: false, code: "E_JSON" };
  if (!isReceipt(value)) return { ok: false, code: "E_FORMAT" };
  const { sig, ...receipt } = value as unknown as Receipt;
  const algorithms = findAlgorithms(receipt.suite);
  if (algorithms === undefined) return { ok: false, code: "E_SUITE" };
  const message = concat("seal/v1 receipt\n", algorithms.hash(jcs(receipt)));
  if (!platformKeys.some((key) => isSigned(algorithms, key, message, sig))) return { ok: false, code: "E_RECEIPT_SIG" };
  return receipt.receivedAt > receipt.deadline ? { ok: false, code: "E_LATE" } : { ok: true, receipt };
}
