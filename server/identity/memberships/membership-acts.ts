/**
 * Memberships through their life: granted, delegated to a colleague for some days, ended, left. Whoever has ended
 * acts no more from that instant on, and is signed out in the same transaction (security.md §7).
 *
 * Must never let one person hold two duties that law and order keep apart (roles.md §3).
 */
import { type Static, Type } from "@sinclair/typebox";
import { type Instant, instantText, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import type { EventData } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";
import { type Actor, type Role, roles, roleWords } from "../role.ts";

const instantField = (title: string) =>
  Type.String({ title, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" });
const personField = Type.String({ title: "人员编号", pattern: "^per_[0-9A-HJKMNP-TV-Z]{26}$" });
const granted = roles.filter((role) => role !== "system");

export const grantSchema = Type.Object(
  {
    personId: personField,
    organisationId: Type.String({ title: "单位编号", pattern: "^org_[0-9A-HJKMNP-TV-Z]{26}$" }),
    role: Type.Union(
      granted.map((role) => Type.Literal(role)),
      { title: "身份" },
    ),
    validTo: Type.Union([instantField("到期"), Type.Null()], { title: "到期" }),
  },
  { additionalProperties: false },
);
export const delegateSchema = Type.Object(
  { toPersonId: personField, validFrom: instantField("自"), validTo: instantField("至") },
  { additionalProperties: false },
);
export const endSchema = Type.Object(
  { membershipId: Type.String({ title: "身份编号", maxLength: 64 }), reason: Type.String({ title: "理由", minLength: 2, maxLength: 200 }) },
  { additionalProperties: false },
);
export const leaveSchema = Type.Object({}, { additionalProperties: false });

interface Deciding {
  tx: Transaction;
  now: Instant;
  actor: Actor;
  append(stream: string, type: string, data: EventData): Promise<unknown>;
}

interface MembershipRow {
  id: string;
  person_id: string;
  organisation_id: string;
  role: Role;
  valid_from: string;
  valid_to: string | null;
  delegated_from: string | null;
}

const daysMax = 90;

/** Duties that one person never holds together (roles.md §1, §3). */
const apart: readonly (readonly [Role, readonly Role[]])[] = [
  ["cashier", ["accountant"]],
  ["bidder", ["centre", "drawOperator", "cashier", "accountant", "archivist", "supervisor", "registrar"]],
  ["supervisor", ["buyer", "agent", "expert", "guarantor", "centre", "drawOperator"]],
  ["agent", ["expert", "centre", "registrar"]],
];

/** The first duty that cannot stand beside the wished one. */
export function incompatibleRole(wished: Role, held: readonly Role[]): Role | undefined {
  return held.find((other) =>
    apart.some(([one, others]) => (one === wished && others.includes(other)) || (one === other && others.includes(wished))),
  );
}

export async function grantMembership(context: Deciding, data: Static<typeof grantSchema>): Promise<Refusal | Record<string, unknown>> {
  const { tx, now } = context;
  const { rows } = await tx.query("SELECT 1 FROM identity.person p, identity.organisation o WHERE p.id = $1 AND o.id = $2", [
    data.personId,
    data.organisationId,
  ]);
  if (rows.length === 0) return unknown(data.personId);
  if (data.validTo !== null && data.validTo <= instantText(now)) return termRefusal();
  const refusal = await dutyRefusal(tx, data.personId, data.role, now);
  if (refusal) return refusal;
  const membershipId = await nextMembershipId(tx, data.personId);
  await context.append(membershipId, "mem.granted", {
    personId: data.personId,
    organisationId: data.organisationId,
    role: data.role,
    validFrom: instantText(now),
    validTo: data.validTo,
  });
  return { membershipId };
}

/** For a colleague of the same organisation, for a time, never longer than one's own, never handed on. */
export async function delegateMembership(
  context: Deciding,
  data: Static<typeof delegateSchema>,
): Promise<Refusal | Record<string, unknown>> {
  const { tx, now, actor } = context;
  const own = await membershipRow(tx, actor.membershipId ?? "");
  if (!own || own.delegated_from !== null || actor.role === "expert") {
    return refuse("membership.not-delegable", {
      message: "这一身份不能转委托。",
      messageEn: "This membership cannot be delegated.",
      data: { role: actor.role },
      whatToDo: "请由本人办理，或由登记员授予身份。",
    });
  }
  const colleague = await tx.query(
    "SELECT 1 FROM identity.membership WHERE person_id = $1 AND organisation_id = $2 AND (valid_to IS NULL OR valid_to > $3)",
    [data.toPersonId, actor.organisationId, instantText(now)],
  );
  if (colleague.rows.length === 0 || data.toPersonId === actor.personId) return unknown(data.toPersonId);
  const tooLong =
    parseInstant(data.validTo) - parseInstant(data.validFrom) > daysMax * 86_400_000 ||
    (own.valid_to !== null && data.validTo > own.valid_to);
  if (data.validFrom < instantText(now) || data.validTo <= data.validFrom || tooLong) return termRefusal();
  const refusal = await dutyRefusal(tx, data.toPersonId, actor.role, now);
  if (refusal) return refusal;
  const membershipId = await nextMembershipId(tx, data.toPersonId);
  await context.append(membershipId, "mem.granted", {
    personId: data.toPersonId,
    organisationId: actor.organisationId,
    role: actor.role,
    validFrom: data.validFrom,
    validTo: data.validTo,
    delegatedFrom: own.id,
  });
  return { membershipId };
}

/** By the registrar, or by whoever delegated it. */
export async function endMembership(context: Deciding, data: Static<typeof endSchema>): Promise<Refusal | Record<string, unknown>> {
  const found = await membershipRow(context.tx, data.membershipId);
  const own = found && (found.delegated_from === context.actor.membershipId || context.actor.role === "registrar");
  if (!found || !own || (found.valid_to !== null && found.valid_to <= instantText(context.now))) return unknown(data.membershipId);
  await end(context, found, data.reason);
  return {};
}

/** Somebody leaves an organisation: all memberships in it end. */
export async function leaveOrganisation(context: Deciding): Promise<Refusal | Record<string, unknown>> {
  const { tx, actor, now } = context;
  const { rows } = await tx.query<MembershipRow>(
    "SELECT * FROM identity.membership WHERE person_id = $1 AND organisation_id = $2 AND (valid_to IS NULL OR valid_to > $3) ORDER BY id",
    [actor.personId, actor.organisationId, instantText(now)],
  );
  for (const row of rows) await end(context, row, "left");
  return { ended: rows.map(({ id }) => id) };
}

/** What was delegated from a membership ends with it. */
async function end(context: Deciding, row: MembershipRow, reason: string): Promise<void> {
  const validTo = instantText(context.now);
  const { rows } = await context.tx.query<{ id: string }>(
    "SELECT id FROM identity.membership WHERE delegated_from = $1 AND (valid_to IS NULL OR valid_to > $2) ORDER BY id",
    [row.id, validTo],
  );
  for (const id of [row.id, ...rows.map((one) => one.id)]) await context.append(id, "mem.ended", { validTo, reason });
}

async function dutyRefusal(tx: Transaction, personId: string, wished: Role, now: Instant): Promise<Refusal | undefined> {
  const { rows } = await tx.query<{ role: Role }>(
    "SELECT role FROM identity.membership WHERE person_id = $1 AND (valid_to IS NULL OR valid_to > $2)",
    [personId, instantText(now)],
  );
  const other = incompatibleRole(
    wished,
    rows.map(({ role }) => role),
  );
  if (!other) return undefined;
  return refuse("membership.duties-apart", {
    message: `同一人不得兼任${roleWords[wished].zh}与${roleWords[other].zh}。`,
    messageEn: `One person may not be ${roleWords[wished].en} and ${roleWords[other].en}.`,
    data: { wished, held: other },
    whatToDo: "请由另一人担任。",
  });
}

async function membershipRow(tx: Transaction, id: string): Promise<MembershipRow | undefined> {
  const { rows } = await tx.query<MembershipRow>("SELECT * FROM identity.membership WHERE id = $1", [id]);
  return rows[0];
}

async function nextMembershipId(tx: Transaction, personId: string): Promise<string> {
  const { rows } = await tx.query<{ count: string }>("SELECT count(*) FROM identity.membership WHERE person_id = $1", [personId]);
  return `mem_${personId.slice(4)}.${Number(rows[0]?.count ?? 0) + 1}`;
}

function unknown(id: string): Refusal {
  return refuse("object.unknown", {
    message: "没有这个对象，或者您现在无权知道它。",
    messageEn: "There is no such object, or you may not know of it now.",
    data: { id },
  });
}

function termRefusal(): Refusal {
  return refuse("membership.term-wrong", {
    message: `期限不正确：不得追溯，不得超过${daysMax}日，也不得超过委托人自己的期限。`,
    messageEn: `The term is wrong: not in the past, not over ${daysMax} days, not beyond the delegating person's own.`,
    data: { daysMax },
  });
}
