/**
 * Mandates: what an agent may do for a buyer, in which lot, from when to when (招标投标法 第十五条:
 * 招标代理机构应当在招标人委托的范围内办理招标事宜). The engagement by the project alone carries an agent until the buyer
 * records a first mandate; from then on only what a mandate in force names.
 */
import { type Static, Type } from "@sinclair/typebox";
import { type Instant, instantText, type Refusal, refuse } from "../../kernel/index.ts";
import type { EventData, View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

const instantField = (title: string) =>
  Type.String({ title, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" });

export const mandateSchema = Type.Object(
  {
    agentId: Type.String({ title: "代理机构编号", pattern: "^org_[0-9A-HJKMNP-TV-Z]{26}$" }),
    lotId: Type.Union([Type.String({ maxLength: 64 }), Type.Null()], { title: "标段（空为全部）" }),
    /** `ntc.*` stands for all acts of a noun. */
    acts: Type.Array(Type.String({ pattern: "^[a-z]{2,12}\\.(?:\\*|[a-z][A-Za-z0-9]{1,40})$" }), {
      title: "委托范围",
      minItems: 1,
      maxItems: 60,
    }),
    validFrom: instantField("自"),
    validTo: instantField("至"),
  },
  { additionalProperties: false },
);
export const mandateEndSchema = Type.Object(
  { mandateId: Type.String({ title: "委托编号", maxLength: 64 }) },
  { additionalProperties: false },
);

interface Deciding {
  tx: Transaction;
  now: Instant;
  actor: { organisationId: string };
  commandId: string;
  append(stream: string, type: string, data: EventData): Promise<unknown>;
}

export async function grantMandate(context: Deciding, data: Static<typeof mandateSchema>): Promise<Refusal | Record<string, unknown>> {
  const { rows } = await context.tx.query<{ roles: string[] }>("SELECT roles FROM identity.organisation WHERE id = $1", [data.agentId]);
  if (!rows[0] || data.agentId === context.actor.organisationId) return unknown(data.agentId);
  if (data.validTo <= data.validFrom || data.validTo <= instantText(context.now)) {
    return refuse("mandate.term-wrong", { message: "委托期限不正确。", messageEn: "The term of the mandate is wrong.", data: {} });
  }
  const mandateId = `mdt_${context.actor.organisationId.slice(4)}.${context.commandId}`;
  await context.append(mandateId, "mdt.granted", { ...data, buyerId: context.actor.organisationId });
  return { mandateId };
}

export async function endMandate(
  context: Deciding,
  { mandateId }: Static<typeof mandateEndSchema>,
): Promise<Refusal | Record<string, unknown>> {
  const now = instantText(context.now);
  const { rows } = await context.tx.query("SELECT 1 FROM identity.mandate WHERE id = $1 AND buyer = $2 AND valid_to > $3", [
    mandateId,
    context.actor.organisationId,
    now,
  ]);
  if (rows.length === 0) return unknown(mandateId);
  await context.append(mandateId, "mdt.ended", { validTo: now });
  return {};
}

/** Undefined when the agent may do this act in this lot now. */
export async function mandateRefusal(
  tx: Transaction,
  wish: { buyer: string; agent: string; lotId: string; act: string; now: Instant },
): Promise<Refusal | undefined> {
  const { rows } = await tx.query<{ lot_id: string | null; acts: string[]; valid_from: string; valid_to: string }>(
    "SELECT lot_id, acts, valid_from, valid_to FROM identity.mandate WHERE buyer = $1 AND agent = $2 AND (lot_id IS NULL OR lot_id = $3)",
    [wish.buyer, wish.agent, wish.lotId],
  );
  const at = instantText(wish.now);
  const family = `${wish.act.split(".")[0]}.*`;
  const covers = rows.some(
    (row) => row.valid_from <= at && at < row.valid_to && (row.acts.includes(wish.act) || row.acts.includes(family)),
  );
  if (rows.length === 0 || covers) return undefined;
  return refuse("mandate.not-covered", {
    law: "招标投标法",
    article: "第十五条",
    message: "该行为不在招标人现行委托的范围或期限之内。",
    messageEn: "The act lies outside the scope or the term of the buyer's mandate.",
    data: { act: wish.act },
    whatToDo: "请招标人自行办理，或扩大、延长委托。",
  });
}

function unknown(id: string): Refusal {
  return refuse("object.unknown", {
    message: "没有这个对象，或者您现在无权知道它。",
    messageEn: "There is no such object, or you may not know of it now.",
    data: { id },
  });
}

export const mandateView: View = {
  name: "identity.mandates",
  tables: ["identity.mandate"],
  on: {
    "mdt.granted": async (tx, { stream, data }) => {
      await tx.query(
        "INSERT INTO identity.mandate (id, buyer, agent, lot_id, acts, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [stream, data.buyerId, data.agentId, data.lotId, data.acts, data.validFrom, data.validTo],
      );
    },
    "mdt.ended": async (tx, { stream, data }) => {
      await tx.query("UPDATE identity.mandate SET valid_to = $2 WHERE id = $1", [stream, data.validTo]);
    },
  },
};
