/** Who is who, as stages ask for it: actors, organisations, keys. The tables of identity are read here and nowhere else. */
import type { SignatureFamily } from "../../formats/act-signature.ts";
import { type Instant, instantText } from "../kernel/index.ts";
import type { Queryable, Transaction } from "../runtime/database/index.ts";
import type { Actor, Role } from "./role.ts";
import { type PersonDetails, readDetails } from "./vault.ts";

export interface Organisation {
  id: string;
  creditCode: string;
  name: string;
  roles: readonly string[];
  regionCode: string;
  sector: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: the subject library keeps what each kind of organisation declares.
  profile: Readonly<Record<string, any>>;
}

export interface Membership {
  id: string;
  personId: string;
  organisationId: string;
  organisationName: string;
  role: Role;
}

/** The person in one membership, if it is theirs and runs now; undefined otherwise. */
export async function findActor(db: Queryable, personId: string, membershipId: string, now: Instant): Promise<Actor | undefined> {
  const { rows } = await (db as Transaction).query<{
    organisation_id: string;
    role: Role;
    public_key: string | null;
    family: SignatureFamily | null;
    certificate: string | null;
    not_before: string | null;
    not_after: string | null;
  }>(
    `SELECT m.organisation_id, m.role, c.public_key, c.family, c.certificate, c.not_before, c.not_after FROM identity.membership m
     LEFT JOIN identity.certificate c ON c.person_id = m.person_id AND c.usage = 'sign'
     WHERE m.id = $1 AND m.person_id = $2 AND m.valid_from <= $3 AND (m.valid_to IS NULL OR m.valid_to > $3)`,
    [membershipId, personId, instantText(now)],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { organisation_id: organisationId, role, public_key, family, certificate, not_before, not_after } = row;
  return {
    personId,
    membershipId,
    organisationId,
    role,
    signKey: public_key ?? "",
    signFamily: family ?? "p256",
    certificate: certificate ?? "",
    certificateTerm: { notBefore: not_before ?? "", notAfter: not_after ?? "" },
  };
}

export async function membershipsOf(db: Queryable, personId: string, now: Instant): Promise<Membership[]> {
  const { rows } = await (db as Transaction).query<{ id: string; organisation_id: string; name: string; role: Role }>(
    `SELECT m.id, m.organisation_id, o.name, m.role FROM identity.membership m JOIN identity.organisation o ON o.id = m.organisation_id
     WHERE m.person_id = $1 AND m.valid_from <= $2 AND (m.valid_to IS NULL OR m.valid_to > $2) ORDER BY m.id`,
    [personId, instantText(now)],
  );
  return rows.map((row) => ({ id: row.id, personId, organisationId: row.organisation_id, organisationName: row.name, role: row.role }));
}

export async function findOrganisation(db: Queryable, id: string): Promise<Organisation | undefined> {
  const [organisation] = await organisations(db, "WHERE id = $1", [id]);
  return organisation;
}

/** @throws when there is no such organisation. */
export async function getOrganisation(db: Queryable, id: string): Promise<Organisation> {
  const organisation = await findOrganisation(db, id);
  if (!organisation) throw new Error(`there is no organisation ${id}`);
  return organisation;
}

/** Buyers and agents whose name contains the text: names of offices and firms are public, people are never found like this. */
export async function organisationsNamed(db: Queryable, text: string): Promise<string[]> {
  const found = await organisations(
    db,
    "WHERE position($1 in lower(normalize(name, NFKC))) > 0 AND roles && '{buyer,agent}' ORDER BY id LIMIT 200",
    [text],
  );
  return found.map(({ id }) => id);
}

/** All organisations with a role, in order of id: the candidates for tags are all that hold `bidder` (decisions §3). */
export async function organisationsWithRole(db: Queryable, role: string): Promise<Organisation[]> {
  return organisations(db, "WHERE $1 = ANY(roles) ORDER BY id", [role]);
}

/** People who hold a role, with their organisation. */
export async function peopleWithRole(
  db: Queryable,
  role: Role,
): Promise<{ personId: string; organisationId: string; membershipId: string }[]> {
  const { rows } = await (db as Transaction).query<{ id: string; person_id: string; organisation_id: string }>(
    "SELECT id, person_id, organisation_id FROM identity.membership WHERE role = $1 ORDER BY id",
    [role],
  );
  return rows.map((row) => ({ membershipId: row.id, personId: row.person_id, organisationId: row.organisation_id }));
}

/** A person's public key for a usage, hex; undefined when none is registered. */
export async function findKey(db: Queryable, personId: string, usage: "sign" | "seal" | "ed25519"): Promise<string | undefined> {
  const { rows } = await (db as Transaction).query<{ public_key: string }>(
    "SELECT public_key FROM identity.certificate WHERE person_id = $1 AND usage = $2",
    [personId, usage],
  );
  return rows[0]?.public_key;
}

/** Names of people for those who may see them. */
export async function namesOf(db: Queryable, personIds: readonly string[]): Promise<Map<string, PersonDetails>> {
  return readDetails(db, personIds);
}

/** Who stands behind a membership: person, organisation and role, for those who may see them. */
export async function membershipsNamed(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, { name: string; organisation: string; role: string }>> {
  const { rows } = await (db as Transaction).query<{ id: string; person_id: string; name: string; role: string }>(
    `SELECT m.id, m.person_id, o.name, m.role FROM identity.membership m JOIN identity.organisation o ON o.id = m.organisation_id
     WHERE m.id = ANY($1)`,
    [ids],
  );
  const people = await namesOf(
    db,
    rows.map(({ person_id }) => person_id),
  );
  return new Map(rows.map(({ id, person_id, name, role }) => [id, { name: people.get(person_id)?.name ?? "", organisation: name, role }]));
}

async function organisations(db: Queryable, where: string, values: unknown[]): Promise<Organisation[]> {
  const { rows } = await (db as Transaction).query(
    `SELECT id, credit_code, name, roles, region_code, sector, profile FROM identity.organisation ${where}`,
    values,
  );
  return rows.map((row) => ({
    id: row.id,
    creditCode: row.credit_code,
    name: row.name,
    roles: row.roles,
    regionCode: row.region_code,
    sector: row.sector,
    profile: row.profile,
  }));
}
