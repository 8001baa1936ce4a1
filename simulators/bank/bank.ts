/**
 * The bank of bank.md: virtual accounts, receipts, statements, refunds with interest. It sees account, payer and
 * sum; it must never be told a trade, a lot or the role of a party, and has no place to keep one.
 */
import { bankAsks, bankMessages } from "../../formats/exchange/index.ts";
import type { Handler, SystemDefinition } from "../frame/system-definition.ts";
import { bankDrives, statementLineOf } from "./drives.ts";
import { accountNumber, applyToLedger, type BankEffect, emptyLedger, type Ledger, type Purpose } from "./ledger.ts";
import { contentDigest, judgeTransfer } from "./transfers.ts";

type BankHandler = Handler<Ledger, BankEffect>;

const openPool: BankHandler = (ledger, { body, from, id }, context) => {
  const { poolId, purpose, count } = body as { poolId: string; purpose: Purpose; count: number };
  const mainAccount = accountNumber(ledger.seed, `main ${from} ${purpose}`);
  const first = ledger.accounts.size;
  const accounts = Array.from({ length: count }, (_, i) => accountNumber(ledger.seed, `virtual ${first + i}`));
  const effect: BankEffect = { did: "openedPool", poolId, purpose, owner: from, mainAccount, accounts, at: context.now() };
  return {
    effects: [effect],
    sends: [{ to: from, type: "bank.poolOpened", object: `pool/${poolId}`, correlates: id, body: { poolId, accounts, mainAccount } }],
  };
};

const transfer: BankHandler = (ledger, { body, from, id }, context) => {
  const orderId = body.orderId as string;
  // "a second execution of an orderId" never happens: the first result stands.
  if (ledger.orders.has(orderId) || ledger.held.has(orderId)) return { effects: [] };
  const held = { owner: from, messageId: id, body: body as Record<string, string> };
  return ledger.isHolding ? { effects: [{ did: "heldOrder", orderId, held }] } : judgeTransfer(ledger, held, context);
};

const cancelTransfer: BankHandler = (ledger, { body, from, id }, context) => {
  const orderId = body.orderId as string;
  const held = ledger.held.get(orderId);
  const outcome = held ? "cancelled" : "tooLate";
  const effects: BankEffect[] = held
    ? [
        {
          did: "judgedOrder",
          order: {
            orderId,
            owner: from,
            messageId: held.messageId,
            digest: contentDigest(held.body),
            state: "cancelled",
            since: context.now(),
            fromAccount: held.body.fromAccount ?? "",
            toAccount: "",
            toName: "",
            amountFen: "0",
          },
        },
      ]
    : [];
  return {
    effects,
    sends: [{ to: from, type: "bank.cancelResult", object: `order/${orderId}`, correlates: id, body: { orderId, outcome } }],
  };
};

export const bank: SystemDefinition<Ledger, BankEffect> = {
  system: "sim-bank",
  title: "鹭江沙箱银行（模拟器）",
  initial: emptyLedger,
  apply: applyToLedger,
  schemas: bankMessages,
  askSchemas: bankAsks,
  messages: { "bank.openPool": openPool, "bank.transfer": transfer, "bank.cancelTransfer": cancelTransfer },
  asks: {
    "bank.statementSince": (ledger, { body, from }) => {
      const main = ledger.mains.get(body.mainAccount as string);
      const entries = main?.owner === from ? main.entries : [];
      return {
        entries: entries.slice(body.afterEntryNo as number, (body.afterEntryNo as number) + 2_000).map(statementLineOf),
        lastEntryNo: entries.length,
      };
    },
    "bank.payerAccountKind": (ledger, { body }, context) => {
      const payer = ledger.payers.get(context.openPersonal(body.payerAccount as string));
      return { kind: payer?.name === context.openPersonal(body.payerName as string) ? payer.kind : "unknown" };
    },
  },
  precheck: (ledger, { type, body }) => {
    if (!(type in { "bank.openPool": 1, "bank.transfer": 1, "bank.cancelTransfer": 1 })) return "scope.missing";
    if (type === "bank.openPool" && ledger.pools.has(body.poolId as string)) return "order.conflict";
    if (type !== "bank.transfer") return undefined;
    const digest =
      ledger.orders.get(body.orderId as string)?.digest ??
      (ledger.held.has(body.orderId as string) ? contentDigest(ledger.held.get(body.orderId as string)?.body ?? {}) : undefined);
    return digest !== undefined && digest !== contentDigest(body) ? "order.conflict" : undefined;
  },
  object: (ledger, kind, ourId) => {
    if (kind === "pool") return ledger.pools.has(ourId) ? { state: "opened", since: ledger.pools.get(ourId)?.since ?? "" } : undefined;
    if (kind !== "order") return undefined;
    const order = ledger.orders.get(ourId);
    if (order) return { state: order.state, since: order.since };
    return ledger.held.has(ourId) ? { state: "accepted", since: "" } : undefined;
  },
  files: (ledger) => ledger.files,
  drives: bankDrives,
  books: (ledger) => ({
    system: "simulator",
    mains: [...ledger.mains.values()].map(({ number, purpose, balanceFen, entries }) => ({
      number,
      purpose,
      balanceFen: balanceFen.toString(),
      entries,
    })),
    accounts: [...ledger.accounts.values()]
      .filter(({ balanceFen }) => balanceFen > 0n)
      .map(({ number, balanceFen, frozen }) => ({ number, balanceFen: balanceFen.toString(), frozen })),
    orders: [...ledger.orders.values()],
    receipts: [...ledger.receipts.values()],
    ratePpm: ledger.ratePpm,
  }),
};
