/** `gua.apply` by a bidder; `gua.issue`, `gua.refuse` by the guarantor it chose. All sealed until the opening. */
import { Type } from "@sinclair/typebox";
import { findOrganisation } from "../../identity/index.ts";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { getDocument } from "../tendering/index.ts";
import {
  type ActContext,
  act,
  closed,
  day,
  digest,
  judge,
  nullable,
  oneOf,
  organisation,
  ownSealedActs,
  text,
  unknownObject,
} from "../transaction/index.ts";
import { appendToBoth, type Guarantee, guaranteeStates, guaranteesOf, validityEnd } from "./guarantee.ts";
import { depositRefusal, formRefusal } from "./open-account.ts";
import { guaranteeOutlastsBid } from "./rules/guarantee-validity.ts";

const guaranteeId = Type.String({ title: "保函申请", pattern: "^gua_[0-9A-HJKMNP-TV-Z]{26}$" });

export const applyForGuarantee = act({
  name: "gua.apply",
  title: { zh: "申请投标保函", en: "Apply for a guarantee" },
  who: ["bidder"],
  about: "lot",
  lock: "shared",
  step: "deposit.collect",
  sealed: true,
  data: closed({ guarantor: organisation("保证人"), form: oneOf("形式", "3", "4", "5") }),
  async decide(context, { guarantor, form }) {
    const { lot, tx, actor } = context;
    const document = await getDocument(tx, lot.id, lot.run);
    const refusal =
      depositRefusal(context, document.depositFen) ??
      formRefusal(document.depositForms, form) ??
      (await guarantorRefusal(context, guarantor));
    if (refusal) return refusal;
    const id = context.newSealedId("gua");
    const untilOn = validityEnd(lot, document);
    await appendToBoth(
      context,
      "gua.apply",
      { applicant: actor.organisationId, guarantor },
      { guaranteeId: id, form, fen: document.depositFen, untilOn },
    );
    return { guaranteeId: id, fen: document.depositFen, untilOn };
  },
});

async function guarantorRefusal(context: ActContext, id: string): Promise<Refusal | undefined> {
  const guarantor = await findOrganisation(context.tx, id);
  if (guarantor?.roles.includes("guarantor") && id !== context.actor.organisationId) return undefined;
  return refuse("guarantee.guarantor-unknown", {
    message: "该单位不是登记的保证人。",
    messageEn: "That organisation is no guarantor.",
    data: { guarantor: id },
    whatToDo: "请从保证人名录中选择。",
  });
}

export const issueGuarantee = act({
  name: "gua.issue",
  title: { zh: "开立投标保函", en: "Issue a guarantee" },
  who: ["guarantor"],
  about: "lot",
  lock: "shared",
  step: "deposit.collect",
  sealed: true,
  rules: ["CON-023"],
  data: closed({ guaranteeId, number: text("保函编号", 64), untilOn: day("有效期至"), fileSha256: nullable(digest("保函文件")) }),
  async decide(context, data) {
    const order = await orderOf(context, data.guaranteeId, "issue");
    if ("refused" in order) return order;
    const document = await getDocument(context.tx, context.lot.id, context.lot.run);
    const { refusal, decisions } = judge(context, [guaranteeOutlastsBid], {
      untilOn: data.untilOn,
      requiredOn: validityEnd(context.lot, document),
    });
    if (refusal) return refusal;
    await appendToBoth(context, "gua.issue", order, { ...data, fen: order.fen, decisions });
    return { guaranteeId: order.id };
  },
});

export const refuseGuarantee = act({
  name: "gua.refuse",
  title: { zh: "拒绝开立保函", en: "Refuse a guarantee" },
  who: ["guarantor"],
  about: "lot",
  lock: "shared",
  step: "deposit.collect",
  sealed: true,
  data: closed({ guaranteeId, reason: text("理由", 400) }),
  async decide(context, data) {
    const order = await orderOf(context, data.guaranteeId, "refuse");
    if ("refused" in order) return order;
    await appendToBoth(context, "gua.refuse", order, data);
    return { guaranteeId: order.id };
  },
});

/** An application to this guarantor that the command may move, as `{applicant, guarantor}` to append to. */
async function orderOf(
  context: ActContext,
  id: string,
  command: "issue" | "refuse",
): Promise<Pick<Guarantee, "id" | "fen" | "applicant" | "guarantor"> | Refusal> {
  const order = guaranteesOf(await ownSealedActs(context)).find(
    (guarantee) => guarantee.id === id && guarantee.guarantor === context.actor.organisationId,
  );
  if (!order) return unknownObject(id);
  const late = depositRefusal(context, order.fen);
  if (late) return late;
  if (next(guaranteeStates, order.state, command) !== undefined) return order;
  return refuse("act.not-possible-now", {
    message: "该申请已经办理。",
    messageEn: "The application is dealt with already.",
    data: { state: order.state },
  });
}
