/** The sandbox city's organisations and people, as enrolments. Ids of the data (`firm-01`, `person-030`) are keys of the story only. */
import type { Role } from "../../server/identity/index.ts";
import type { EnrolmentWish } from "../driver/enrolment.ts";
import organisationsFile from "./data/organisations.json" with { type: "json" };
import peopleFile from "./data/people.json" with { type: "json" };

export interface CityOrganisation {
  id: string;
  name: string;
  creditCode: string;
  regionCode: string;
  sector: string | null;
  roles: string[];
  basicAccount?: { bank: string; number: string };
  [field: string]: unknown;
}

export interface CityPerson {
  id: string;
  name: string;
  idNumber: string;
  employer: string | null;
  phone: string;
  email: string;
  title: string;
  memberships: { role: string }[];
  [field: string]: unknown;
}

export const cityOrganisations = organisationsFile.organisations as unknown as readonly CityOrganisation[];
export const cityPeople = peopleFile.people as unknown as readonly CityPerson[];

/** Roles of the city's data in the words of the platform. A person without one of these takes no part in acts. */
const roleOf: Readonly<Record<string, Role>> = {
  buyerStaff: "buyer",
  agentStaff: "agent",
  bidderStaff: "bidder",
  supplierStaff: "bidder",
  supervisor: "supervisor",
  bankStaff: "guarantor",
  guarantorStaff: "guarantor",
  coordinationStaff: "registrar",
  centreDesk: "centre",
  witness: "centre",
  depositMaker: "cashier",
  depositChecker: "accountant",
  drawOperator: "drawOperator",
  archivist: "archivist",
};

/** The coordination authority founds the platform: it enrols everybody else. */
const founderKey = "authority-07";

/** Members of the buyer's staff who sit on a committee have a membership for it. */
const representative = "buyerRepresentative";

export function organisationNamed(id: string): CityOrganisation {
  const organisation = cityOrganisations.find((candidate) => candidate.id === id);
  if (!organisation) throw new Error(`the city has no ${id}`);
  return organisation;
}

/** An organisation of the city with its acting people. @param newId ids come from the story's seed. */
export function enrolmentWish(id: string, newId: (noun: "org" | "per") => string): EnrolmentWish {
  const organisation = organisationNamed(id);
  const { name, creditCode, regionCode, sector, roles, id: _, ...profile } = organisation;
  const people = cityPeople.filter((person) => person.employer === id && rolesOf(person).length > 0);
  return {
    organisation: { id: newId("org"), creditCode, name, roles, regionCode, sector: sector ?? null, profile },
    people: people.map((person) => ({ key: person.id, id: newId("per"), details: detailsOf(person), roles: rolesOf(person) })),
  };
}

export function detailsOf({ name, phone, email, idNumber, title }: CityPerson) {
  return { name, phone, email, idNumber, title };
}

function rolesOf({ memberships }: CityPerson): Role[] {
  const roles = memberships.flatMap(({ role }) => roleOf[role] ?? []);
  if (memberships.some(({ role }) => role === representative)) roles.push("expert");
  return [...new Set(roles)];
}

/** The founder with its one registrar. */
export function founderWish(newId: (noun: "org" | "per") => string): EnrolmentWish {
  const wish = enrolmentWish(founderKey, newId);
  return { ...wish, people: wish.people.slice(0, 1).map((person) => ({ ...person, key: "registrar" })) };
}
