/**
 * What people outside do to the bank: firms pay and recall, courts freeze, the day is closed. Each act is one
 * `POST /sim/v1/drive`; the platform never knocks there.
 */

import { fromUtf8 } from "../../formats/bytes.ts";
import { type FileHead, sumOf, writeFile } from "../../formats/exchange/index.ts";
import type { Act, Context, Drive, Refused, StoredFile } from "../frame/system-definition.ts";
import { shanghaiDay } from "./interest.ts";
import { type BankEffect, type Entry, entriesFor, type Ledger, type Payer, type Receipt } from "./ledger.ts";
import { judgeTransfer, resultOf } from "./transfers.ts";

type BankDrive = Drive<Ledger, BankEffect>;
const refuse = (detail: string): Refused => ({ refuse: "state.conflict", detail });

/** `pay {account, fen, payer {name, account, kind, bankCode?}, valueAt?, remark?}` → `{bankRef}` */
const pay: BankDrive = (ledger, args, context) => {
  const account = ledger.accounts.get(String(args.account));
  const payer = args.payer as Payer | undefined;
  if (account === undefined) return refuse("no such account at this bank");
  if (!/^[1-9][0-9]{0,15}$/.test(String(args.fen)) || !payer?.name || !payer.account || !payer.kind)
    return refuse("fen or payer is misshapen");
  const now = context.now();
  const bankRef = context.newId("br");
  const receipt: Receipt = {
    bankRef,
    account: account.number,
    amountFen: String(args.fen),
    payer,
    valueAt: typeof args.valueAt === "string" ? args.valueAt : now,
  };
  const [entry] = entriesFor(ledger, [
    {
      account: account.number,
      dc: "C",
      amountFen: BigInt(receipt.amountFen),
      bankRef,
      valueAt: receipt.valueAt,
      postedAt: now,
      counterName: payer.name,
      kind: "receipt",
    },
  ]);
  const effects: BankEffect[] = [
    { did: "posted", entry: entry as Entry },
    { did: "received", receipt },
  ];
  return { effects, sends: [receiptMessage(receipt, account.owner, { now, remark: args.remark }, context)], reply: { bankRef } };
};

function receiptMessage(receipt: Receipt, to: string, about: { now: string; remark: unknown }, context: Context) {
  const peer = context.findPeer(to) ?? context.platform();
  const { payer } = receipt;
  const body = {
    bankRef: receipt.bankRef,
    account: receipt.account,
    amountFen: receipt.amountFen,
    currency: "CNY",
    payerName: context.sealPersonal(payer.name, peer),
    payerAccount: context.sealPersonal(payer.account, peer),
    payerAccountKind: payer.kind,
    valueAt: receipt.valueAt,
    postedAt: about.now,
    ...(payer.bankCode ? { payerBankCode: payer.bankCode } : {}),
    ...(typeof about.remark === "string" ? { remark: about.remark } : {}),
  };
  return { to, type: "bank.receipt", object: `acc/${receipt.account}`, body, occurredAt: receipt.valueAt };
}

/** `recall {bankRef, reason?}`: the payer takes its money back. */
const recall: BankDrive = (ledger, args, context) => {
  const receipt = ledger.receipts.get(String(args.bankRef));
  const account = ledger.accounts.get(receipt?.account ?? "");
  if (!receipt || !account || ledger.reversed.has(receipt.bankRef) || account.balanceFen < BigInt(receipt.amountFen))
    return refuse("nothing to recall");
  const now = context.now();
  const bankRef = context.newId("br");
  const [entry] = entriesFor(ledger, [
    {
      account: account.number,
      dc: "D",
      amountFen: BigInt(receipt.amountFen),
      bankRef,
      valueAt: now,
      postedAt: now,
      counterName: receipt.payer.name,
      kind: "reversal",
    },
  ]);
  const body = { bankRef, ofBankRef: receipt.bankRef, amountFen: receipt.amountFen, reason: args.reason ?? "payerRecall", valueAt: now };
  return {
    effects: [
      { did: "posted", entry: entry as Entry },
      { did: "reversed", ofBankRef: receipt.bankRef },
    ],
    sends: [{ to: account.owner, type: "bank.receiptReversed", object: `acc/${account.number}`, body }],
  };
};

/** `freeze {account, authority, documentNo}` and `unfreeze` with the same. */
const freezing =
  (frozen: boolean): BankDrive =>
  (ledger, args) => {
    const account = ledger.accounts.get(String(args.account));
    if (account === undefined) return refuse("no such account");
    const body = { account: account.number, authority: String(args.authority), documentNo: String(args.documentNo) };
    return {
      effects: [{ did: "froze", account: account.number, frozen }],
      sends: [{ to: account.owner, type: frozen ? "bank.accountFrozen" : "bank.accountUnfrozen", object: `acc/${account.number}`, body }],
    };
  };

/** `closeDay {day?}`: a statement file for each main account; a second closing of a day makes version n+1. */
const closeDay: BankDrive = (ledger, args, context) => {
  const day = typeof args.day === "string" ? args.day : shanghaiDay(context.now());
  const files = [...ledger.mains.values()].map((main): StoredFile => {
    const kept = ledger.files.filter((file) => file.day === day && file.fileId.startsWith(`statement-${main.number}-`));
    const version = kept.length + 1;
    return {
      fileId: `statement-${main.number}-${day}-v${version}`,
      kind: "statement",
      day,
      version,
      text: statementText(main, { day, version, system: context.system }),
    };
  });
  return { effects: [{ did: "closedDay", files }], reply: { files: files.map(({ fileId }) => fileId) } };
};

function statementText(
  main: { number: string; entries: readonly Entry[] },
  about: { day: string; version: number; system: string },
): string {
  const before = main.entries.filter((entry) => shanghaiDay(entry.postedAt) < about.day);
  const lines = main.entries.filter((entry) => shanghaiDay(entry.postedAt) === about.day).map(statementLineOf);
  const openingFen = before.at(-1)?.balanceAfterFen ?? "0";
  const start = Date.parse(`${about.day}T00:00:00.000+08:00`);
  const head: FileHead = {
    file: "statement",
    ...about,
    from: new Date(start).toISOString(),
    to: new Date(start + 86_400_000).toISOString(),
    label: "simulator",
    mainAccount: main.number,
    openingFen,
  };
  return fromUtf8(writeFile(head, lines, { sumFen: sumOf(lines), closingFen: lines.at(-1)?.balanceAfterFen ?? openingFen }));
}

/** The line as the platform sees it, in the file and in `bank.statementSince`. */
export function statementLineOf({
  mainAccount: _main,
  postedAt: _posted,
  ...line
}: Entry): Record<string, unknown> & { balanceAfterFen: string } {
  return line;
}

/** `hold {on}`: orders are accepted and wait; `hold {on: false}` executes them in order, one act each. */
const hold: BankDrive = (_ledger, args) => ({ effects: [{ did: "setHold", isHolding: args.on === true }] });

const executeHeld: BankDrive = (ledger, _args, context): Act<BankEffect> | Refused => {
  const first = ledger.held.values().next().value;
  return first ? judgeTransfer(ledger, first, context) : refuse("no order waits");
};

/** `returnTransfer {orderId, reason}`: days after `done` the money comes back. */
const returnTransfer: BankDrive = (ledger, args, context) => {
  const order = ledger.orders.get(String(args.orderId));
  if (order?.state !== "done") return refuse("only an executed order can come back");
  const now = context.now();
  const bankRef = context.newId("br");
  const [entry] = entriesFor(ledger, [
    {
      account: order.fromAccount,
      dc: "C",
      amountFen: BigInt(order.amountFen),
      bankRef,
      valueAt: now,
      postedAt: now,
      counterName: order.toName,
      kind: "returned",
      orderId: order.orderId,
    },
  ]);
  const returned = { ...order, state: "returned" as const, since: now, bankRef, reason: String(args.reason ?? "accountClosed") };
  return {
    effects: [
      { did: "posted", entry: entry as Entry },
      { did: "judgedOrder", order: returned },
    ],
    sends: [resultOf(returned, order.messageId)],
  };
};

const signatory: BankDrive = (_ledger, args) => {
  const role = args.role;
  if (!/^0[23][0-9a-f]{64}$/.test(String(args.publicKey)) || (role !== "maker" && role !== "checker" && role !== "both"))
    return refuse("publicKey (hex33) or role (maker, checker, both) is misshapen");
  return { effects: [{ did: "tookSignatory", publicKey: String(args.publicKey), role }] };
};

export const bankDrives: Readonly<Record<string, BankDrive>> = {
  pay,
  recall,
  closeDay,
  hold,
  executeHeld,
  returnTransfer,
  signatory,
  freeze: freezing(true),
  unfreeze: freezing(false),
  closeAccount: (_ledger, args) => ({ effects: [{ did: "closedPayerAccount", account: String(args.payerAccount) }] }),
  setRate: (_ledger, args) =>
    Number.isSafeInteger(args.ratePpm)
      ? { effects: [{ did: "setRate", ratePpm: args.ratePpm as number }] }
      : refuse("ratePpm is no integer"),
};
