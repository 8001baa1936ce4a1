/**
 * Who gives a share: persons of buyer, agent, centre and supervisor with a registered Ed25519 key. Bidders give
 * none before the opening, because their number would be seen (招标投标法 第二十二条); they sign up afterwards.
 */
import { findKey, findOrganisation, membershipsOf, peopleWithRole, type Role } from "../../identity/index.ts";
import { type Refusal, refuse } from "../../kernel/index.ts";
import type { DecidingLot } from "../transaction/index.ts";
import type { DrawContributor } from "./draw.ts";

/** draw-v1 §2: 2 to 32 contributors; the hall says that 29 bidders may sign up (decisions §4). */
export const contributorsMax = 32;

const sides = [
  { role: "buyer", word: "招标人" },
  { role: "agent", word: "代理机构" },
  { role: "centre", word: "交易中心" },
  { role: "supervisor", word: "行政监督部门" },
] as const;

/** Those whom the applicant names, or else one person each of buyer, centre and supervisor. */
export async function contributorsOf(context: DecidingLot, named: readonly string[] | undefined): Promise<DrawContributor[] | Refusal> {
  if (named === undefined) return defaultContributors(context);
  const contributors: DrawContributor[] = [];
  for (const personId of named) {
    const contributor = await findContributor(context, personId);
    if (!contributor) return noContributor(personId);
    contributors.push(contributor);
  }
  return contributors;
}

/** The Ed25519 key of the person who may declare a fallback: somebody of the lot's own authority. */
export async function supervisorKeyOf(context: DecidingLot): Promise<string | undefined> {
  const person = await firstWithKey(context, "supervisor");
  return person?.key;
}

export function contributorOf(
  person: { personId: string; organisationId: string; key: string },
  organisation: string,
  word: string,
): DrawContributor {
  return { ...person, name: `${organisation}（${word}）` };
}

export function noKey(personId: string): Refusal {
  return refuse("draw.no-key", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: "该人员没有登记用于抽取的密钥。",
    messageEn: "This person has no registered key for draws.",
    data: { personId },
    whatToDo: "请先登记 Ed25519 密钥。",
  });
}

async function defaultContributors(context: DecidingLot): Promise<DrawContributor[]> {
  const found: DrawContributor[] = [];
  for (const { role, word } of sides.filter(({ role }) => role !== "agent")) {
    const person = await firstWithKey(context, role);
    if (person) found.push(contributorOf(person, await nameOf(context, person.organisationId), word));
  }
  return found;
}

async function firstWithKey(context: DecidingLot, role: Role & keyof DecidingLot["lot"]["parties"]) {
  const organisationId = context.lot.parties[role];
  for (const person of await peopleWithRole(context.tx, role)) {
    if (person.organisationId !== organisationId) continue;
    const key = await findKey(context.tx, person.personId, "ed25519");
    if (key) return { personId: person.personId, organisationId, key };
  }
  return undefined;
}

async function findContributor(context: DecidingLot, personId: string): Promise<DrawContributor | undefined> {
  const key = await findKey(context.tx, personId, "ed25519");
  const memberships = await membershipsOf(context.tx, personId, context.now);
  for (const { role, word } of sides) {
    const membership = memberships.find((own) => own.role === role && own.organisationId === context.lot.parties[role]);
    if (membership && key)
      return contributorOf({ personId, organisationId: membership.organisationId, key }, membership.organisationName, word);
  }
  return undefined;
}

async function nameOf(context: DecidingLot, organisationId: string): Promise<string> {
  return (await findOrganisation(context.tx, organisationId))?.name ?? organisationId;
}

function noContributor(personId: string): Refusal {
  return refuse("draw.not-a-contributor", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: "随机数只能由本标段的招标人、代理机构、交易中心、行政监督部门中登记了密钥的人员贡献。",
    messageEn: "Shares come from registered persons of the lot's buyer, agent, centre and supervisor.",
    data: { personId },
    whatToDo: "请选择登记了抽取密钥的人员。",
  });
}
