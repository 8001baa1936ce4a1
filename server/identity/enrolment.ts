/**
 * Enrolment of an organisation with its people, memberships and certificates. Names and numbers of
 * persons go to the vault; the record holds ids, roles and public keys only.
 */
import { type Static, Type } from "@sinclair/typebox";
import { signatureFamilies } from "../../formats/act-signature.ts";
import type { Json } from "../../formats/jcs.ts";
import { dayOf, type Instant, instantText, isCreditCode, isIdentityNumber, type Random, type Refusal, refuse } from "../kernel/index.ts";
import type { EventData, View } from "../record/index.ts";
import type { Transaction } from "../runtime/database/index.ts";
import { refusalOfRegistration } from "./certificates/act-certificate.ts";
import type { CertificateStatusPort } from "./certificates/certificate-status.ts";
import { roles } from "./role.ts";
import { endSessionsOf } from "./session.ts";
import { admitPasskey } from "./sign-in/enrolled-passkey.ts";
import { storeDetails } from "./vault.ts";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const hexKey = Type.String({ pattern: "^(?:[0-9a-f]{64,66}|[89a-f][0-9a-f]{511,1023})$" });

export const certificateSchema = Type.Object(
  {
    usage: Type.Union([Type.Literal("sign"), Type.Literal("seal"), Type.Literal("ed25519")]),
    /** P-256 when it is not named. */
    family: Type.Optional(Type.Union(signatureFamilies.map((family) => Type.Literal(family)))),
    publicKey: hexKey,
    /** Of a passkey: the id of its credential. */
    serial: text(128),
    /** PEM of the certificate; empty for a passkey, and for an Ed25519 key that is bound by a certificate signature. */
    certificate: Type.String({ maxLength: 8192 }),
    notBefore: text(24),
    notAfter: text(24),
  },
  { additionalProperties: false },
);

export const enrolmentSchema = Type.Object(
  {
    organisation: Type.Object(
      {
        id: Type.String({ pattern: "^org_[0-9A-HJKMNP-TV-Z]{26}$" }),
        creditCode: Type.String({ pattern: "^[0-9A-Z]{18}$" }),
        name: text(128),
        roles: Type.Array(text(32), { minItems: 1, maxItems: 8 }),
        regionCode: Type.String({ pattern: "^[0-9]{6}$" }),
        sector: Type.Union([text(32), Type.Null()]),
        /** Qualifications, performance, bank account and the like, as the subject library keeps them. */
        profile: Type.Record(Type.String(), Type.Unknown()),
      },
      { additionalProperties: false },
    ),
    people: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: "^per_[0-9A-HJKMNP-TV-Z]{26}$" }),
          details: Type.Object(
            {
              name: text(64),
              phone: Type.Optional(text(32)),
              email: Type.Optional(text(128)),
              idNumber: Type.Optional(text(32)),
              title: Type.Optional(text(64)),
            },
            { additionalProperties: false },
          ),
          roles: Type.Array(Type.Union(roles.map((role) => Type.Literal(role))), { minItems: 1, maxItems: 6 }),
          certificates: Type.Array(certificateSchema, { maxItems: 4 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 200 },
    ),
  },
  { additionalProperties: false },
);

export type Enrolment = Static<typeof enrolmentSchema>;

export interface Enrolling {
  tx: Transaction;
  now: Instant;
  random: Random;
  append(stream: string, type: string, data: EventData): Promise<unknown>;
  /** Judges the certificates; absent only where no trust list is configured. */
  certificates?: CertificateStatusPort;
}

/** Records an organisation and its people. Membership ids are `mem_` + the person's characters + a number. */
export async function enrol(context: Enrolling, enrolment: Enrolment): Promise<Refusal | undefined> {
  const { organisation, people } = enrolment;
  const faulty = numbersRefusal(enrolment, context.now) ?? (await certificatesRefusal(context, enrolment));
  if (faulty) return faulty;
  const { rows } = await context.tx.query("SELECT id FROM identity.organisation WHERE credit_code = $1 OR id = $2", [
    organisation.creditCode,
    organisation.id,
  ]);
  if (rows.length > 0) {
    return refuse("identity.already-enrolled", {
      message: "该统一社会信用代码已经登记。",
      messageEn: "This credit code is enrolled already.",
      data: { creditCode: organisation.creditCode },
      whatToDo: "使用已登记的主体。",
    });
  }
  const { id, creditCode, name, roles: organisationRoles, regionCode, sector, profile } = organisation;
  await context.append(id, "org.enrolled", { creditCode, name, roles: organisationRoles, regionCode, sector, profile: profile as Json });
  for (const person of people) await enrolPerson(context, id, person);
  return undefined;
}

/** Numbers with a wrong check character are refused before anybody outside is asked (real-name.md RN02). */
function numbersRefusal({ organisation, people }: Enrolment, now: Instant): Refusal | undefined {
  if (!isCreditCode(organisation.creditCode)) {
    return refuse("identity.credit-code-wrong", {
      law: "GB 32100-2015",
      message: "统一社会信用代码的校验位不正确。",
      messageEn: "The check character of the credit code is wrong.",
      data: { creditCode: organisation.creditCode },
      whatToDo: "请核对营业执照上的代码。",
    });
  }
  const wrong = people.find(({ details }) => details.idNumber !== undefined && !isIdentityNumber(details.idNumber, dayOf(now)));
  if (!wrong) return undefined;
  // The number itself is personal and never stands in an answer.
  return refuse("identity.id-number-wrong", {
    law: "GB 11643-1999",
    message: "公民身份号码不正确。",
    messageEn: "An identity number is wrong.",
    data: { personId: wrong.id },
    whatToDo: "请核对身份证件上的号码。",
  });
}

async function certificatesRefusal({ certificates, now }: Enrolling, { organisation, people }: Enrolment): Promise<Refusal | undefined> {
  if (!certificates) return undefined;
  for (const person of people) {
    const holder = { name: person.details.name, creditCode: organisation.creditCode };
    for (const row of person.certificates) {
      // A passkey has no authority: the registrar answers for it, as for the person's name (decisions §7).
      if (row.usage === "ed25519" || row.family === "passkey") continue;
      const refusal = await refusalOfRegistration(certificates, { ...row, usage: row.usage }, { holder, now });
      if (refusal) return refusal;
    }
  }
  return undefined;
}

async function enrolPerson(context: Enrolling, organisationId: string, person: Enrolment["people"][number]): Promise<void> {
  const detailsSha256 = await storeDetails(context.tx, person.id, person.details, context.random);
  await context.append(person.id, "per.enrolled", { organisationId, detailsSha256 });
  for (const [index, role] of person.roles.entries()) {
    const membershipId = `mem_${person.id.slice(4)}.${index + 1}`;
    await context.append(membershipId, "mem.granted", {
      personId: person.id,
      organisationId,
      role,
      validFrom: instantText(context.now),
      validTo: null,
    });
  }
  for (const certificate of person.certificates) {
    await context.append(person.id, "crt.registered", { certificateId: `${person.id}/${certificate.usage}`, ...certificate });
    if (certificate.family === "passkey") await admitPasskey(context.tx, person.id, { ...certificate, now: context.now });
  }
}

export const identityView: View = {
  name: "identity.subjects",
  tables: ["identity.certificate", "identity.membership", "identity.person", "identity.organisation"],
  on: {
    "org.enrolled": async (tx, { stream, data }) => {
      await tx.query(
        "INSERT INTO identity.organisation (id, credit_code, name, roles, region_code, sector, profile) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [stream, data.creditCode, data.name, data.roles, data.regionCode, data.sector, data.profile],
      );
    },
    "per.enrolled": async (tx, { stream, data }) => {
      await tx.query("INSERT INTO identity.person (id, organisation_id, details_sha256) VALUES ($1, $2, $3)", [
        stream,
        data.organisationId,
        data.detailsSha256,
      ]);
    },
    "mem.granted": async (tx, { stream, data }) => {
      await tx.query(
        "INSERT INTO identity.membership (id, person_id, organisation_id, role, valid_from, valid_to, delegated_from) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [stream, data.personId, data.organisationId, data.role, data.validFrom, data.validTo, data.delegatedFrom ?? null],
      );
    },
    "mem.ended": async (tx, { stream, data }) => {
      await tx.query("UPDATE identity.membership SET valid_to = $2 WHERE id = $1", [stream, data.validTo]);
      await endSessionsOf(tx, stream, data.validTo);
    },
    "crt.registered": async (tx, { stream, data }) => {
      await tx.query(
        `INSERT INTO identity.certificate (id, person_id, usage, public_key, serial, certificate, not_before, not_after, family)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET public_key = $4, serial = $5, certificate = $6, not_before = $7,
         not_after = $8, family = $9`,
        [
          data.certificateId,
          stream,
          data.usage,
          data.publicKey,
          data.serial,
          data.certificate,
          data.notBefore,
          data.notAfter,
          data.family ?? "p256",
        ],
      );
    },
  },
};
