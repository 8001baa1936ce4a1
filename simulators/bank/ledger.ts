/**
 * The bank's own truth: main accounts by purpose, virtual accounts below them, a dense numbered line for every
 * movement. Sum of the virtual accounts = main account after every line; no account is ever overdrawn.
 */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { StoredFile } from "../frame/system-definition.ts";

export type Purpose = "deposit" | "price" | "performance" | "fee";
export type PayerKind = "basic" | "general" | "personal" | "cash" | "unknown";

export interface Payer {
  readonly name: string;
  readonly account: string;
  readonly kind: PayerKind;
  readonly bankCode?: string;
}

export interface Entry {
  readonly entryNo: number;
  readonly mainAccount: string;
  readonly bankRef: string;
  readonly account: string;
  readonly dc: "C" | "D";
  readonly amountFen: string;
  readonly balanceAfterFen: string;
  readonly valueAt: string;
  readonly postedAt: string;
  readonly counterNameHash: string;
  readonly kind: string;
  readonly orderId?: string;
}

export interface Account {
  readonly number: string;
  readonly main: string;
  readonly owner: string;
  balanceFen: bigint;
  frozen: boolean;
}

export interface Order {
  readonly orderId: string;
  readonly owner: string;
  readonly messageId: string;
  readonly digest: string;
  readonly state: "accepted" | "done" | "rejected" | "returned" | "cancelled";
  readonly since: string;
  readonly reason?: string;
  readonly bankRef?: string;
  readonly fromAccount: string;
  readonly toAccount: string;
  readonly toName: string;
  readonly amountFen: string;
  /** Why the bank refused, for its own books. */
  readonly note?: string;
}

export interface Receipt {
  readonly bankRef: string;
  readonly account: string;
  readonly amountFen: string;
  readonly payer: Payer;
  readonly valueAt: string;
}

export interface Ledger {
  readonly seed: number;
  readonly mains: Map<
    string,
    { readonly number: string; readonly purpose: Purpose; readonly owner: string; balanceFen: bigint; readonly entries: Entry[] }
  >;
  readonly accounts: Map<string, Account>;
  readonly pools: Map<string, { readonly accounts: readonly string[]; readonly since: string }>;
  readonly receipts: Map<string, Receipt>;
  readonly reversed: Set<string>;
  readonly orders: Map<string, Order>;
  /** Orders that wait while the bank holds transfers, by id. */
  readonly held: Map<string, HeldOrder>;
  readonly payers: Map<string, Payer>;
  readonly closedAccounts: Set<string>;
  readonly signatories: Map<string, "maker" | "checker" | "both">;
  readonly files: StoredFile[];
  ratePpm: number;
  isHolding: boolean;
}

export interface HeldOrder {
  readonly owner: string;
  readonly messageId: string;
  readonly body: Record<string, string>;
}

export type BankEffect =
  | {
      readonly did: "openedPool";
      readonly poolId: string;
      readonly purpose: Purpose;
      readonly owner: string;
      readonly mainAccount: string;
      readonly accounts: readonly string[];
      readonly at: string;
    }
  | { readonly did: "posted"; readonly entry: Entry }
  | { readonly did: "received"; readonly receipt: Receipt }
  | { readonly did: "reversed"; readonly ofBankRef: string }
  | { readonly did: "judgedOrder"; readonly order: Order }
  | { readonly did: "heldOrder"; readonly orderId: string; readonly held: HeldOrder }
  | { readonly did: "tookSignatory"; readonly publicKey: string; readonly role: "maker" | "checker" | "both" }
  | { readonly did: "closedPayerAccount"; readonly account: string }
  | { readonly did: "froze"; readonly account: string; readonly frozen: boolean }
  | { readonly did: "closedDay"; readonly files: readonly StoredFile[] }
  | { readonly did: "setRate"; readonly ratePpm: number }
  | { readonly did: "setHold"; readonly isHolding: boolean };

export function emptyLedger(seed: number): Ledger {
  return {
    seed,
    mains: new Map(),
    accounts: new Map(),
    pools: new Map(),
    receipts: new Map(),
    reversed: new Set(),
    orders: new Map(),
    held: new Map(),
    payers: new Map(),
    closedAccounts: new Set(),
    signatories: new Map(),
    files: [],
    ratePpm: 2_000,
    isHolding: false,
  };
}

export function applyToLedger(ledger: Ledger, effect: BankEffect): void {
  switch (effect.did) {
    case "openedPool":
      openPool(ledger, effect);
      return;
    case "posted":
      post(ledger, effect.entry);
      return;
    case "received":
      ledger.receipts.set(effect.receipt.bankRef, effect.receipt);
      ledger.payers.set(effect.receipt.payer.account, effect.receipt.payer);
      return;
    case "reversed":
      return void ledger.reversed.add(effect.ofBankRef);
    case "judgedOrder":
      ledger.held.delete(effect.order.orderId);
      return void ledger.orders.set(effect.order.orderId, effect.order);
    case "heldOrder":
      return void ledger.held.set(effect.orderId, effect.held);
    case "tookSignatory":
      return void ledger.signatories.set(effect.publicKey, effect.role);
    case "closedPayerAccount":
      return void ledger.closedAccounts.add(effect.account);
    case "froze":
      freeze(ledger, effect.account, effect.frozen);
      return;
    case "closedDay":
      return void ledger.files.push(...effect.files);
    case "setRate":
      ledger.ratePpm = effect.ratePpm;
      return;
    case "setHold":
      ledger.isHolding = effect.isHolding;
  }
}

function openPool(ledger: Ledger, effect: Extract<BankEffect, { did: "openedPool" }>): void {
  if (!ledger.mains.has(effect.mainAccount))
    ledger.mains.set(effect.mainAccount, {
      number: effect.mainAccount,
      purpose: effect.purpose,
      owner: effect.owner,
      balanceFen: 0n,
      entries: [],
    });
  for (const number of effect.accounts)
    ledger.accounts.set(number, { number, main: effect.mainAccount, owner: effect.owner, balanceFen: 0n, frozen: false });
  ledger.pools.set(effect.poolId, { accounts: effect.accounts, since: effect.at });
}

/** Both balances move in one step; the books are wrong for ever if they do not agree, so that is a fault. */
function post(ledger: Ledger, entry: Entry): void {
  const account = ledger.accounts.get(entry.account);
  const main = ledger.mains.get(entry.mainAccount);
  if (account === undefined || main === undefined) throw new Error(`entry ${entry.entryNo} of an unknown account`);
  const signed = entry.dc === "C" ? BigInt(entry.amountFen) : -BigInt(entry.amountFen);
  account.balanceFen += signed;
  main.balanceFen += signed;
  main.entries.push(entry);
  if (account.balanceFen < 0n || main.balanceFen.toString() !== entry.balanceAfterFen || main.entries.length !== entry.entryNo)
    throw new Error(`the books do not agree at entry ${entry.entryNo}`);
}

function freeze(ledger: Ledger, number: string, frozen: boolean): void {
  const account = ledger.accounts.get(number);
  if (account) account.frozen = frozen;
}

/**
 * The next lines of one main account, numbered and with balances as they will be.
 * @param movements in order; all of the same main account.
 */
export function entriesFor(
  ledger: Ledger,
  movements: readonly {
    account: string;
    dc: "C" | "D";
    amountFen: bigint;
    bankRef: string;
    valueAt: string;
    postedAt: string;
    counterName: string;
    kind: string;
    orderId?: string;
  }[],
): Entry[] {
  const first = ledger.accounts.get(movements[0]?.account ?? "");
  const main = ledger.mains.get(first?.main ?? "");
  if (main === undefined) throw new Error("a movement of an unknown account");
  let balance = main.balanceFen;
  return movements.map(({ counterName, amountFen, ...rest }, i) => {
    balance += rest.dc === "C" ? amountFen : -amountFen;
    return {
      ...rest,
      entryNo: main.entries.length + 1 + i,
      mainAccount: main.number,
      amountFen: amountFen.toString(),
      balanceAfterFen: balance.toString(),
      counterNameHash: hex(sha256(`bank counter name\n${counterName}`)),
    };
  });
}

/** 20 digits that begin with 0000 and fail the Luhn check, so that no real bank would take them. */
export function accountNumber(seed: number, label: string): string {
  const digest = sha256(`simulator account\n${seed}\n${label}`);
  const digits = Array.from(digest.slice(0, 15), (byte) => String(byte % 10)).join("");
  const body = `0000${digits}`;
  return body + String((luhnDigit(body) + 5) % 10);
}

function luhnDigit(body: string): number {
  let sum = 0;
  [...body].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return (10 - (sum % 10)) % 10;
}
