/**
 * How the bank judges an order to pay: two different signatories, enough money, an open account, the right name,
 * and never the same order twice (bank.md §8 "own checks").
 */
import { p256 } from "@noble/curves/nist.js";
import { fromHex } from "../../formats/bytes.ts";
import { transferText } from "../../formats/exchange/index.ts";
import { digestOf } from "../../formats/jcs.ts";
import type { Act, Context, Draft } from "../frame/system-definition.ts";
import { daysBetween, interestFen, shanghaiDay } from "./interest.ts";
import { type BankEffect, entriesFor, type HeldOrder, type Ledger, type Order } from "./ledger.ts";

type Body = Record<string, string>;
type Reason = "accountClosed" | "nameMismatch" | "insufficient" | "frozen" | "limit" | "other";

/** Executes or rejects; exactly one final result goes back. */
export function judgeTransfer(ledger: Ledger, held: HeldOrder, context: Context): Act<BankEffect> {
  const { body } = held;
  const to = { name: context.openPersonal(body.toName ?? ""), account: context.openPersonal(body.toAccount ?? "") };
  const refusal = refusalOf(ledger, body, to, context.now());
  return refusal ? reject(held, to, refusal, context) : pay(ledger, held, to, context);
}

function refusalOf(
  ledger: Ledger,
  body: Body,
  to: { name: string; account: string },
  now: string,
): { reason: Reason; note: string } | undefined {
  const signers = signersOf(ledger, body);
  if (signers === undefined) return { reason: "other", note: "maker or checker is no signatory, or both are the same" };
  const account = ledger.accounts.get(body.fromAccount ?? "");
  if (account === undefined) return { reason: "other", note: "unknown account" };
  if (account.frozen) return { reason: "frozen", note: "the account is frozen" };
  if (ledger.closedAccounts.has(to.account)) return { reason: "accountClosed", note: "the payee's account is closed" };
  const known = ledger.payers.get(to.account);
  if (known !== undefined && known.name !== to.name) return { reason: "nameMismatch", note: "name and account do not belong together" };
  if (body.kind === "refund" && !isRefundOf(ledger, body)) return { reason: "other", note: "no such receipt to refund" };
  if (BigInt(body.principalFen ?? "0") > account.balanceFen) return { reason: "insufficient", note: "more than the balance" };
  if (BigInt(body.interestFen ?? "0") > ownInterest(ledger, body, now))
    return { reason: "limit", note: "more interest than the bank counts" };
  return undefined;
}

/** The bank knows its signatories by key, as by a specimen signature; one person never signs twice. */
function signersOf(ledger: Ledger, body: Body): { maker: string; checker: string } | undefined {
  const text = transferText(body);
  const find = (sig: string, role: "maker" | "checker") =>
    [...ledger.signatories].find(([key, may]) => (may === role || may === "both") && verifies(sig, text, key))?.[0];
  const maker = find(body.makerSig ?? "", "maker");
  const checker = find(body.checkerSig ?? "", "checker");
  return maker !== undefined && checker !== undefined && maker !== checker ? { maker, checker } : undefined;
}

function verifies(sig: string, text: Uint8Array, key: string): boolean {
  try {
    return p256.verify(fromHex(sig), text, fromHex(key), { prehash: true, lowS: false, format: "compact" });
  } catch {
    return false;
  }
}

function isRefundOf(ledger: Ledger, body: Body): boolean {
  const receipt = ledger.receipts.get(body.ofBankRef ?? "");
  return (
    receipt !== undefined &&
    receipt.account === body.fromAccount &&
    !ledger.reversed.has(receipt.bankRef) &&
    BigInt(body.principalFen ?? "0") <= BigInt(receipt.amountFen)
  );
}

export function ownInterest(ledger: Ledger, body: Body, now: string): bigint {
  const receipt = ledger.receipts.get(body.ofBankRef ?? "");
  if (receipt === undefined) return 0n;
  const days = daysBetween(receipt.valueAt, now);
  return days <= 0n ? 0n : interestFen(BigInt(body.principalFen ?? "0"), BigInt(ledger.ratePpm), days);
}

function reject(
  held: HeldOrder,
  to: { name: string; account: string },
  refusal: { reason: Reason; note: string },
  context: Context,
): Act<BankEffect> {
  const order: Order = { ...orderBase(held, to), state: "rejected", since: context.now(), ...refusal };
  return { effects: [{ did: "judgedOrder", order }], sends: [resultOf(order, held.messageId)] };
}

function pay(ledger: Ledger, held: HeldOrder, to: { name: string; account: string }, context: Context): Act<BankEffect> {
  const now = context.now();
  const body = held.body;
  const account = body.fromAccount ?? "";
  const interest = BigInt(body.interestFen ?? "0");
  const bankRef = context.newId("br");
  const base = { account, valueAt: now, postedAt: now, orderId: body.orderId ?? "" };
  const credit =
    interest > 0n
      ? [{ ...base, dc: "C" as const, amountFen: interest, bankRef: context.newId("bi"), counterName: "interest", kind: "interest" }]
      : [];
  const debit = {
    ...base,
    dc: "D" as const,
    amountFen: BigInt(body.principalFen ?? "0") + interest,
    bankRef,
    counterName: to.name,
    kind: body.kind ?? "",
  };
  const order: Order = { ...orderBase(held, to), state: "done", since: now, bankRef };
  const posted = entriesFor(ledger, [...credit, debit]).map((entry): BankEffect => ({ did: "posted", entry }));
  const sends = interest > 0n ? [interestNotice(ledger, held, interest, now)] : [];
  return { effects: [...posted, { did: "judgedOrder", order }], sends: [...sends, resultOf(order, held.messageId)] };
}

function interestNotice(ledger: Ledger, held: HeldOrder, interest: bigint, now: string): Draft {
  const account = held.body.fromAccount ?? "";
  const receipt = ledger.receipts.get(held.body.ofBankRef ?? "");
  const body = {
    mainAccount: ledger.accounts.get(account)?.main ?? "",
    account,
    fromOn: shanghaiDay(receipt?.valueAt ?? now),
    toOn: shanghaiDay(now),
    ratePpm: ledger.ratePpm,
    interestFen: interest.toString(),
  };
  return { to: held.owner, type: "bank.interestPosted", object: `acc/${account}`, body };
}

function orderBase(held: HeldOrder, to: { name: string; account: string }) {
  const { body } = held;
  const amountFen = (BigInt(body.principalFen ?? "0") + BigInt(body.interestFen ?? "0")).toString();
  return {
    orderId: body.orderId ?? "",
    owner: held.owner,
    messageId: held.messageId,
    digest: contentDigest(body),
    fromAccount: body.fromAccount ?? "",
    toAccount: to.account,
    toName: to.name,
    amountFen,
  };
}

/** A new message for a known order with other content is a conflict; encryption is content too, as attempts repeat the bytes. */
export function contentDigest(body: Record<string, unknown>): string {
  return digestOf(body);
}

export function resultOf(order: Order, messageId: string): Draft {
  const body = {
    orderId: order.orderId,
    state: order.state,
    executedAt: order.since,
    ...(order.bankRef ? { bankRef: order.bankRef } : {}),
    ...(order.reason ? { reason: order.reason } : {}),
  };
  return { to: order.owner, type: "bank.transferResult", object: `order/${order.orderId}`, correlates: messageId, body };
}
