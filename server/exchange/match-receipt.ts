/**
 * A receipt message is provisional; money may leave only when the same reference, account and amount stand in a
 * statement entry (bank.md §3.1). A statement that says something else makes a dispute, never a payment.
 */
import type { StatementLine } from "./ports/bank-port.ts";

export function matchReceipt(
  receipt: { bankRef: string; account: string; amountFen: bigint },
  entries: readonly StatementLine[],
): "matched" | "disputed" | "provisional" {
  const entry = entries.find((line) => line.dc === "C" && line.bankRef === receipt.bankRef);
  if (entry === undefined) return "provisional";
  return entry.account === receipt.account && entry.amountFen === receipt.amountFen ? "matched" : "disputed";
}
