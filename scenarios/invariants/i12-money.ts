/**
 * I12: money. The record against the bank's own books: every receipt is there once with its sum, no balance
 * is negative, debits and credits give the balance, a refund is at most what was received, and one order is
 * executed at most once.
 */
import type { PlacedEvent } from "../../server/record/index.ts";
import type { BankBooks, Finding, Scanned } from "./finding.ts";

export async function scan({ events, books }: Scanned): Promise<Finding[]> {
  if (!books) return [];
  const find = ([where, words]: [string, string]): Finding => ({ invariant: "I12", where, words });
  const deposits = events.filter(({ stream }) => stream.startsWith("dep_"));
  return [...balances(books), ...receipts(books, deposits), ...orders(books, deposits)].map(find);
}

function balances({ mains }: BankBooks): [string, string][] {
  return mains.flatMap(({ balanceFen, entries }, i) => {
    const sum = entries.reduce((total, { dc, amountFen }) => total + (dc === "C" ? BigInt(amountFen) : -BigInt(amountFen)), 0n);
    const words: [string, string][] = [];
    if (BigInt(balanceFen) < 0n) words.push([`main account ${i}`, "the balance is negative"]);
    if (sum !== BigInt(balanceFen)) words.push([`main account ${i}`, `entries give ${sum}, the balance says ${balanceFen}`]);
    return words;
  });
}

function receipts(books: BankBooks, deposits: readonly PlacedEvent[]): [string, string][] {
  const ours = Map.groupBy(
    deposits.filter(({ type }) => type === "dep.received"),
    ({ data }) => data.bankRef as string,
  );
  const theirs = new Map(books.receipts.map((receipt) => [receipt.bankRef, receipt]));
  const words: [string, string][] = [];
  for (const [bankRef, events] of ours) {
    if (events.length > 1) words.push([bankRef, "was booked twice"]);
    const receipt = theirs.get(bankRef);
    if (receipt?.amountFen !== events[0]?.data.amountFen)
      words.push([bankRef, `the record says ${events[0]?.data.amountFen}, the bank ${receipt?.amountFen ?? "nothing"}`]);
  }
  for (const bankRef of theirs.keys()) if (!ours.has(bankRef)) words.push([bankRef, "the bank received it, the record does not know it"]);
  return words;
}

function orders(books: BankBooks, deposits: readonly PlacedEvent[]): [string, string][] {
  const words: [string, string][] = [];
  const due = new Map(deposits.filter(({ type }) => type === "dep.releaseDue").map(({ data }) => [data.orderId as string, data]));
  const approved = new Set(deposits.filter(({ type }) => type === "dep.releaseApproved").map(({ data }) => data.orderId as string));
  const received = new Map(books.receipts.map(({ bankRef, amountFen }) => [bankRef, BigInt(amountFen)]));
  const refunded = Map.groupBy(
    deposits.filter(({ type }) => type === "dep.refunded"),
    ({ data }) => (due.get(data.orderId)?.bankRef ?? data.orderId) as string,
  );
  for (const [bankRef, events] of refunded) {
    const sum = events.reduce((total, { data }) => total + BigInt(due.get(data.orderId)?.principalFen ?? 0), 0n);
    if (sum > (received.get(bankRef) ?? 0n)) words.push([bankRef, `${sum} was given back of ${received.get(bankRef) ?? 0n}`]);
  }
  for (const { entries } of books.mains) {
    const executed = Map.groupBy(
      entries.filter(({ dc, orderId }) => dc === "D" && orderId),
      ({ orderId }) => orderId as string,
    );
    for (const [orderId, own] of executed) {
      if (own.length > 1) words.push([orderId, "was executed twice"]);
      if (!approved.has(orderId)) words.push([orderId, "was executed without an approval in the record"]);
    }
  }
  return words;
}
