/**
 * Renewal: who is to be warned before an opening, and how a new certificate takes the place of an old one. The
 * old one signs the renewal, so that a stranger with a certificate of the same name cannot take the account over.
 * The old private key still opens what was sealed to it; only new acts need the new one (certificate-authority.md §3.4).
 */

import { type Static, Type } from "@sinclair/typebox";
import { signatureKeyPattern } from "../../../formats/act-signature.ts";
import { type Instant, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import type { EventData } from "../../record/index.ts";
import type { Queryable, Transaction } from "../../runtime/database/index.ts";
import { readDetails } from "../vault.ts";
import { refusalOfRegistration } from "./act-certificate.ts";
import type { CertificateStatusPort } from "./certificate-status.ts";

const dayMs = 86_400_000;
/** A certificate has to live past the planned opening by this much. */
const pastOpeningMs = 7 * dayMs;
/** From here on an authority takes a renewal. */
const beforeEndMs = 60 * dayMs;

export type RenewalWarning = "endsBeforeOpening" | "endsSoonAfterOpening" | "renewable" | "expired";

/** Undefined when there is nothing to say. Without a planned opening only the certificate's own end counts. */
export function renewalWarning(notAfter: Instant, now: Instant, openingAt?: Instant): RenewalWarning | undefined {
  if (notAfter < now) return "expired";
  if (openingAt !== undefined && notAfter < openingAt) return "endsBeforeOpening";
  if (openingAt !== undefined && notAfter < openingAt + pastOpeningMs) return "endsSoonAfterOpening";
  return notAfter < now + beforeEndMs ? "renewable" : undefined;
}

export interface OwnCertificate {
  usage: string;
  family: string;
  serial: string;
  notBefore: string;
  notAfter: string;
  warning: RenewalWarning | null;
}

export async function ownCertificates(
  db: Queryable,
  personId: string,
  wish: { now: Instant; openingAt?: Instant },
): Promise<OwnCertificate[]> {
  const { rows } = await (db as Transaction).query<{
    usage: string;
    family: string;
    serial: string;
    not_before: string;
    not_after: string;
  }>(
    "SELECT usage, family, serial, not_before, not_after FROM identity.certificate WHERE person_id = $1 AND usage <> 'ed25519' ORDER BY usage",
    [personId],
  );
  return rows.map(({ usage, family, serial, not_before: notBefore, not_after: notAfter }) => ({
    usage,
    family,
    serial,
    notBefore,
    notAfter,
    warning: renewalWarning(parseInstant(notAfter), wish.now, wish.openingAt) ?? null,
  }));
}

export const renewalSchema = Type.Object(
  {
    usage: Type.Union([Type.Literal("sign"), Type.Literal("seal")], { title: "用途" }),
    family: Type.Optional(Type.Union([Type.Literal("p256"), Type.Literal("rsa"), Type.Literal("sm2")], { title: "算法" })),
    publicKey: Type.String({ title: "公钥", pattern: signatureKeyPattern }),
    serial: Type.String({ title: "证书序列号", minLength: 1, maxLength: 64 }),
    certificate: Type.String({ title: "证书（PEM）", minLength: 64, maxLength: 8192 }),
    notBefore: Type.String({ title: "生效", minLength: 24, maxLength: 24 }),
    notAfter: Type.String({ title: "到期", minLength: 24, maxLength: 24 }),
  },
  { additionalProperties: false },
);

export interface Renewing {
  tx: Transaction;
  now: Instant;
  actor: { personId: string; organisationId: string };
  append(stream: string, type: string, data: EventData): Promise<unknown>;
}

export async function renewCertificate(
  context: Renewing,
  data: Static<typeof renewalSchema>,
  port: CertificateStatusPort | undefined,
): Promise<Refusal | undefined> {
  const { tx, now, actor } = context;
  const { rows: taken } = await tx.query("SELECT 1 FROM identity.certificate WHERE public_key = $1 AND usage <> 'ed25519'", [
    data.publicKey,
  ]);
  if (taken.length > 0) return sameKey();
  if (port) {
    const name = (await readDetails(tx, [actor.personId])).get(actor.personId)?.name ?? "";
    const { rows } = await tx.query<{ credit_code: string }>("SELECT credit_code FROM identity.organisation WHERE id = $1", [
      actor.organisationId,
    ]);
    const refusal = await refusalOfRegistration(port, data, { holder: { name, creditCode: rows[0]?.credit_code ?? "" }, now });
    if (refusal) return refusal;
  }
  await context.append(actor.personId, "crt.registered", { certificateId: `${actor.personId}/${data.usage}`, ...data });
  return undefined;
}

/** One key in two certificates of two firms is a clue of collusion; in two of one person it is no renewal. */
function sameKey(): Refusal {
  return refuse("certificate.key-in-use", {
    message: "该密钥已经登记在另一证书上，更新证书须使用新密钥。",
    messageEn: "This key stands in a registered certificate already; a renewal needs a new key.",
    data: {},
    whatToDo: "请以新密钥申请证书。",
  });
}
