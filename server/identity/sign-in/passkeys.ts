/**
 * Passkeys (WebAuthn), always with user verification. Sign-in asks for no name first: the key names its person, so
 * there is nothing to enumerate. A counter that falls back means a copied key: refused.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { Random } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { giveChallenge, takeChallenge } from "./challenges.ts";

const lifeMs = 120_000;

export interface Site {
  /** Host name without port. */
  rpId: string;
  origin: string;
}

interface Moment {
  machineNow: number;
  random: Random;
}

/** Our nonce is the WebAuthn challenge: its hex digits as bytes. */
const challengeBytes = (id: string) => new Uint8Array(Buffer.from(id, "hex"));
const idOf = (challenge: string) => Buffer.from(challenge, "base64url").toString("hex");

export async function offerRegistration(pool: Pool, site: Site, wish: Moment & { personId: string; name: string }) {
  const { id } = await giveChallenge(pool, { purpose: "passkey.register", data: { personId: wish.personId }, lifeMs, ...wish });
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM identity.passkey WHERE person_id = $1", [wish.personId]);
  return generateRegistrationOptions({
    rpName: "鹭易 · 一网交易",
    rpID: site.rpId,
    userName: wish.name,
    userID: new Uint8Array(Buffer.from(wish.personId)),
    challenge: challengeBytes(id),
    attestationType: "none",
    supportedAlgorithmIDs: [-7, -8, -257],
    excludeCredentials: rows,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

export async function registerPasskey(
  pool: Pool,
  site: Site,
  wish: { personId: string; label: string; response: RegistrationResponseJSON; machineNow: number },
): Promise<string | undefined> {
  const verified = await verifyRegistrationResponse({
    response: wish.response,
    expectedChallenge: async (challenge) => {
      const taken = await takeChallenge<{ personId: string }>(pool, {
        id: idOf(challenge),
        purpose: "passkey.register",
        machineNow: wish.machineNow,
      });
      return taken?.personId === wish.personId;
    },
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: [-7, -8, -257],
  }).catch(() => undefined);
  if (!verified?.verified || !verified.registrationInfo) return undefined;
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  const { rowCount } = await pool.query(
    "INSERT INTO identity.passkey (id, person_id, public_key, counter, label, created_ms) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    [id, wish.personId, publicKey, counter, wish.label, wish.machineNow],
  );
  return rowCount ? id : undefined;
}

export async function offerPasskey(pool: Pool, site: Site, moment: Moment) {
  const { id } = await giveChallenge(pool, { purpose: "passkey.sign-in", data: {}, lifeMs, ...moment });
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: challengeBytes(id),
    userVerification: "required",
    allowCredentials: [],
  });
}

export async function signInByPasskey(
  pool: Pool,
  site: Site,
  wish: { response: AuthenticationResponseJSON; machineNow: number },
): Promise<{ personId: string } | undefined> {
  return verifyAssertion(pool, site, {
    ...wish,
    isExpected: async (challenge) =>
      (await takeChallenge(pool, { id: idOf(challenge), purpose: "passkey.sign-in", machineNow: wish.machineNow })) !== undefined,
  });
}

/** Verifies an assertion of a registered passkey over an expected challenge (base64url). */
async function verifyAssertion(
  pool: Pool,
  site: Site,
  wish: { response: AuthenticationResponseJSON; machineNow: number; isExpected: (challenge: string) => Promise<boolean> | boolean },
): Promise<{ personId: string } | undefined> {
  const { rows } = await pool.query<{ person_id: string; public_key: Buffer; counter: string }>(
    "SELECT person_id, public_key, counter FROM identity.passkey WHERE id = $1",
    [wish.response.id],
  );
  const row = rows[0];
  if (!row) return undefined;
  const verified = await verifyAuthenticationResponse({
    response: wish.response,
    expectedChallenge: (challenge) => wish.isExpected(challenge),
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    credential: { id: wish.response.id, publicKey: new Uint8Array(row.public_key), counter: Number(row.counter) },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { newCounter } = verified.authenticationInfo;
  const { rowCount } = await pool.query(
    "UPDATE identity.passkey SET counter = $2, used_ms = $3 WHERE id = $1 AND (counter < $2 OR $2 = 0)",
    [wish.response.id, newCounter, wish.machineNow],
  );
  return rowCount ? { personId: row.person_id } : undefined;
}

export async function passkeysOf(pool: Pool, personId: string): Promise<{ id: string; label: string; createdMs: number }[]> {
  const { rows } = await pool.query<{ id: string; label: string; created_ms: string }>(
    "SELECT id, label, created_ms FROM identity.passkey WHERE person_id = $1 ORDER BY created_ms, id",
    [personId],
  );
  return rows.map(({ id, label, created_ms }) => ({ id, label, createdMs: Number(created_ms) }));
}

export async function removePasskey(pool: Pool, personId: string, id: string): Promise<boolean> {
  const { rowCount } = await pool.query("DELETE FROM identity.passkey WHERE id = $1 AND person_id = $2", [id, personId]);
  return Boolean(rowCount);
}
