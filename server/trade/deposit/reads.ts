/**
 * Who reads what of deposits: the firm its own, the cashier accounts without lots, the guarantor its own
 * orders, and from the opening on the room whether somebody paid (roles.md §2).
 */
import { Type } from "@sinclair/typebox";
import { hex } from "../../../formats/bytes.ts";
import { getOrganisation } from "../../identity/index.ts";
import { documentOf } from "../tendering/index.ts";
import { listLots, loadLot, ownSealedActs, type Read, type ReadContext, read } from "../transaction/index.ts";
import { findAccount } from "./account.ts";
import { type Guarantee, guaranteesOf, validityEnd } from "./guarantee.ts";
import { lotDepositsOf } from "./lot-deposits.ts";
import type { DepositBank } from "./ports.ts";
import { accountOfOrder, listAccounts, listRefunds } from "./views.ts";

const text = Type.String();
const maybeText = Type.Union([text, Type.Null()]);
const guaranteeShape = Type.Object({
  id: text,
  state: text,
  form: text,
  fen: text,
  untilOn: text,
  number: maybeText,
  reason: maybeText,
  appliedAt: text,
  issuedAt: maybeText,
});

export const ownDepositRead = read({
  path: "/lots/:lotId/deposit",
  title: "本单位的投标保证金",
  group: "own",
  response: Type.Object({
    requiredFen: text,
    currency: Type.Literal("CNY"),
    forms: Type.Array(text),
    validityEndOn: text,
    account: maybeText,
    receipts: Type.Array(Type.Object({ amountFen: text, valueAt: text, payerAccountKind: text, reversed: Type.Boolean() })),
    refunds: Type.Array(Type.Object({ principalFen: text, interestFen: maybeText, state: text, cause: text, dueOn: text })),
    guarantees: Type.Array(Type.Object({ ...guaranteeShape.properties, guarantor: text })),
    /** After the opening. */
    judged: Type.Union([Type.Object({ form: text, paidFen: text, inTime: Type.Boolean(), state: text }), Type.Null()]),
  }),
  async load(context) {
    const { tx, lot, actor } = context;
    const document = await documentOf(tx, lot.id, Math.max(1, lot.run));
    if (!document || !actor) return undefined;
    const acts = await ownSealedActs(context);
    const account = (acts.find(({ payload }) => payload.act === "dep.open")?.payload.fields.account as string | undefined) ?? null;
    const known = account ? await findAccount(tx, account) : undefined;
    const judged = (await lotDepositsOf(tx, lot.id)).get(actor.organisationId);
    return {
      requiredFen: document.depositFen,
      currency: "CNY" as const,
      forms: [...document.depositForms],
      validityEndOn: validityEnd(lot, document),
      account,
      receipts: (known?.receipts ?? []).map(({ amountFen, valueAt, payerAccountKind, reversed }) => ({
        amountFen: amountFen.toString(),
        valueAt,
        payerAccountKind,
        reversed,
      })),
      refunds: (known?.refunds ?? []).map(({ principalFen, interestFen, state, cause, dueOn }) => ({
        principalFen: principalFen.toString(),
        interestFen: interestFen?.toString() ?? null,
        state,
        cause,
        dueOn,
      })),
      guarantees: guaranteesOf(acts).filter(({ applicant }) => applicant === actor.organisationId),
      judged: judged ? { form: judged.form, paidFen: judged.paidFen, inTime: judged.inTime, state: judged.state } : null,
    };
  },
});

export const accountsRead = read({
  path: "/deposits",
  title: "保证金账户",
  group: "deposit.accounts",
  response: Type.Object({
    currency: Type.Literal("CNY"),
    items: Type.Array(Type.Object({ account: text, receivedFen: text, refundedFen: text, lastValueAt: text })),
  }),
  async load({ tx }) {
    return { currency: "CNY" as const, items: await listAccounts(tx) };
  },
});

const refundShape = Type.Object({
  orderId: text,
  account: text,
  principalFen: text,
  interestFen: maybeText,
  cause: text,
  dueOn: text,
  state: text,
  bytesToSign: maybeText,
  maker: maybeText,
});

/** Refunds with the bytes that maker and checker sign. */
export function refundsRead(bank: DepositBank) {
  return read({
    path: "/deposits/refunds",
    title: "退款指令",
    group: "deposit.accounts",
    response: Type.Object({ currency: Type.Literal("CNY"), items: Type.Array(refundShape) }),
    async load({ tx }) {
      const rows = await listRefunds(tx);
      const items = [];
      for (const row of rows) {
        const account = await accountOfOrder(tx, row.orderId);
        const refund = account ? (await findAccount(tx, account))?.refunds.find(({ orderId }) => orderId === row.orderId) : undefined;
        items.push({
          ...row,
          bytesToSign: refund?.prepared ? hex(bank.signedBytesOf(refund.prepared)) : null,
          maker: refund?.maker?.personId ?? null,
        });
      }
      return { currency: "CNY" as const, items };
    },
  });
}

const orderShape = Type.Object({
  ...guaranteeShape.properties,
  lotId: text,
  lotTitle: text,
  beneficiary: text,
  applicant: text,
  requiredUntilOn: text,
  releasable: Type.Boolean(),
});

/** The guarantor's desk: its own orders in all lots that take or hold deposits; each is opened for it alone. */
export const guaranteeDeskRead = read({
  path: "/guarantees",
  title: "保函业务",
  group: "guarantee.orders",
  response: Type.Object({ currency: Type.Literal("CNY"), items: Type.Array(orderShape) }),
  async load(context) {
    if (!context.actor) return undefined;
    const items = [];
    for (const { lotId } of await listLots(context.tx, { publicOnly: true, limit: 200 }))
      items.push(...(await ordersOfLot(context, lotId)));
    return { currency: "CNY" as const, items };
  },
});

async function ordersOfLot(context: ReadContext, lotId: string) {
  const { tx, actor } = context;
  const lot = await loadLot(tx, lotId);
  const document = lot && (await documentOf(tx, lotId, Math.max(1, lot.run)));
  if (!lot || !document) return [];
  const orders = guaranteesOf(await ownSealedActs({ ...context, lot })).filter(({ guarantor }) => guarantor === actor?.organisationId);
  if (orders.length === 0) return [];
  const judged = [...(await lotDepositsOf(tx, lotId)).values()];
  const beneficiary = (await getOrganisation(tx, lot.parties.buyer)).name;
  const named = async (order: Guarantee) => {
    const deposit = judged.find(({ guarantee }) => guarantee?.id === order.id);
    const applicant = (await getOrganisation(tx, order.applicant)).name;
    const state = deposit?.guarantee?.discharged ? "discharged" : order.state;
    return {
      ...order,
      state,
      lotId,
      lotTitle: lot.title,
      beneficiary,
      applicant,
      requiredUntilOn: validityEnd(lot, document),
      releasable: deposit?.state === "releasing" && state === "issued",
    };
  };
  const rows = [];
  for (const order of orders) rows.push(await named(order));
  return rows;
}

export const lotDepositsRead = read({
  path: "/lots/:lotId/deposits",
  title: "投标保证金情况",
  group: "deposit.paid",
  response: Type.Object({
    currency: Type.Literal("CNY"),
    items: Type.Array(
      Type.Object({
        partyId: text,
        name: text,
        form: text,
        requiredFen: text,
        inTime: Type.Boolean(),
        state: text,
        cause: maybeText,
        dueOn: maybeText,
      }),
    ),
  }),
  async load({ tx, lot }) {
    const items = [];
    for (const { organisation, partyId, form, requiredFen, inTime, state, cause, dueOn } of (await lotDepositsOf(tx, lot.id)).values()) {
      items.push({ partyId, name: (await getOrganisation(tx, organisation)).name, form, requiredFen, inTime, state, cause, dueOn });
    }
    return { currency: "CNY" as const, items };
  },
});

export function depositReads(bank: DepositBank): readonly Read[] {
  return [ownDepositRead, accountsRead, refundsRead(bank), guaranteeDeskRead, lotDepositsRead];
}
