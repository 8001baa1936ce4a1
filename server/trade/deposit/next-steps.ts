/** What bidder, guarantor and buyer should do next about deposits; the cashier's desk is not about lots. */
import { instantText } from "../../kernel/index.ts";
import { documentOf } from "../tendering/index.ts";
import { effectiveAt, isInTime, type NextStep, ownSealedActs, type ReadContext, stepStatus } from "../transaction/index.ts";
import { type Guarantee, guaranteesOf, validityEnd } from "./guarantee.ts";
import { lotDepositsOf } from "./lot-deposits.ts";

export async function depositNextSteps(context: ReadContext): Promise<NextStep[]> {
  const { actor, lot, procedure, now } = context;
  const isCollecting = stepStatus(lot, procedure, "deposit.collect") === "open" && isInTime(lot, "bidDeadline", now);
  if (actor?.role === "bidder") return isCollecting ? paying(context) : [];
  return actor?.role === "guarantor" ? vouching(context, isCollecting) : [];
}

async function paying(context: ReadContext): Promise<NextStep[]> {
  const { tx, lot } = context;
  const document = await documentOf(tx, lot.id, lot.run);
  if (!document || document.depositFen === "0") return [];
  const acts = await ownSealedActs(context);
  const guarantees = guaranteesOf(acts);
  const hasAccount = acts.some(({ payload }) => payload.act === "dep.open");
  if (hasAccount || guarantees.some(({ state }) => state !== "refused")) return [];
  const at = effectiveAt(lot, "bidDeadline");
  const dueAt = at === undefined ? null : instantText(at);
  return [
    {
      act: "dep.open",
      title: { zh: "缴纳投标保证金：申请账号", en: "Pay the deposit: ask for an account" },
      dueAt,
      rules: ["CON-028", "CON-032"],
      fill: {},
    },
    { act: "gua.apply", title: { zh: "或者申请投标保函", en: "Or apply for a guarantee" }, dueAt, rules: ["CON-023", "CON-032"] },
  ];
}

async function vouching(context: ReadContext, isCollecting: boolean): Promise<NextStep[]> {
  const { lot, tx, actor } = context;
  const document = await documentOf(tx, lot.id, lot.run);
  const orders = guaranteesOf(await ownSealedActs(context)).filter(({ guarantor }) => guarantor === actor?.organisationId);
  const deposits = [...(await lotDepositsOf(tx, lot.id)).values()];
  const isReleasable = (id: string) =>
    deposits.some(({ guarantee, state }) => guarantee?.id === id && state === "releasing" && !guarantee.discharged);
  return orders.flatMap((order): NextStep[] => {
    if (isCollecting && document && order.state !== "refused") return issuing(order, validityEnd(lot, document));
    if (!isReleasable(order.id)) return [];
    const title = { zh: "解除投标保函", en: "Discharge a guarantee" };
    return [{ act: "gua.discharge", title, dueAt: null, rules: ["CON-030"], fill: { guaranteeId: order.id } }];
  });
}

/** To issue, or to prolong when the deadline was put off and the guarantee now ends too early. */
function issuing({ id, state, untilOn, number }: Guarantee, requiredOn: string): NextStep[] {
  if (state === "issued" && untilOn >= requiredOn) return [];
  const title = state === "issued" ? { zh: "延长投标保函", en: "Prolong a guarantee" } : { zh: "开立投标保函", en: "Issue a guarantee" };
  const fill = { guaranteeId: id, untilOn: requiredOn, fileSha256: null, ...(number ? { number } : {}) };
  const issue: NextStep = { act: "gua.issue", title, dueAt: null, rules: ["CON-023"], fill };
  if (state === "issued") return [issue];
  const refuse = { zh: "或者拒绝开立保函", en: "Or refuse the guarantee" };
  return [issue, { act: "gua.refuse", title: refuse, dueAt: null, rules: [], fill: { guaranteeId: id } }];
}
