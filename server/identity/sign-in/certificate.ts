/** Sign-in by certificate: the holder signs the platform's challenge; the certificate is judged as for an act. */
import { signatureHolds } from "../../../formats/act-proof.ts";
import type { ActSignature } from "../../../formats/act-signature.ts";
import { type SignInChallenge, signInMessage } from "../../../formats/sign-in.ts";
import { type Instant, instantText, type Random } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import type { CertificateStatusPort } from "../certificates/certificate-status.ts";
import { giveChallenge, takeChallenge } from "./challenges.ts";

const purpose = "sign-in";
const lifeMs = 120_000;

export async function offerSignIn(pool: Pool, wish: { origin: string; machineNow: number; random: Random }): Promise<SignInChallenge> {
  const { origin, machineNow, random } = wish;
  const { id, endsMs } = await giveChallenge(pool, { purpose, data: { origin }, machineNow, lifeMs, random });
  return { nonce: id, origin, purpose, expiresAt: new Date(endsMs).toISOString() };
}

export interface SignedSignIn {
  nonce: string;
  certificate: string;
  sig: ActSignature;
  /** Origin of the request that brings it. */
  origin: string;
  machineNow: number;
  /** Trade time: the certificate is judged by it. */
  now: Instant;
}

/** The person whose registered certificate this is; one answer for every reason why not. */
export async function signInByCertificate(
  pool: Pool,
  port: CertificateStatusPort | undefined,
  signed: SignedSignIn,
): Promise<{ personId: string } | undefined> {
  const taken = await takeChallenge<{ origin: string }>(pool, { id: signed.nonce, purpose, machineNow: signed.machineNow });
  if (!taken || taken.origin !== signed.origin || !port) return undefined;
  const status = await port.check({ certificate: signed.certificate, use: "sign", at: instantText(signed.now) });
  if (!status.ok) return undefined;
  const challenge: SignInChallenge = {
    nonce: signed.nonce,
    origin: taken.origin,
    purpose,
    expiresAt: new Date(taken.endsMs).toISOString(),
  };
  if (!signatureHolds(signInMessage(challenge), signed.sig, { family: status.family, key: status.publicKey })) return undefined;
  const { rows } = await pool.query<{ person_id: string }>(
    "SELECT person_id FROM identity.certificate WHERE usage = 'sign' AND public_key = $1 AND serial = $2",
    [status.publicKey, status.serial],
  );
  return rows[0] && { personId: rows[0].person_id };
}
