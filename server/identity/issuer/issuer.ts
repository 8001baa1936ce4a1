/**
 * Our OpenID Connect issuer: one sign-in for every connected system (一次登录、全网办理). Code flow only, PKCE S256 and pushed
 * requests for everybody, clients by their own key, a subject that two systems cannot join. A token says who
 * somebody is; it never gives a right to sign (roles.md §5), and rights are asked of us at use.
 */
import { createHmac, randomUUID } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import { importJWK, SignJWT } from "jose";
import Provider, { type Configuration } from "oidc-provider";
import type { Instant } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { membershipsOf } from "../people.ts";
import { ClientStore } from "./client-store.ts";
import type { ConnectedSystem } from "./connected-systems.ts";
import { IssuerStore } from "./issuer-store.ts";

export interface IssuerWish {
  issuer: string;
  pool: Pool;
  secret: Uint8Array;
  /** Asked at each use. */
  systems: () => Promise<readonly ConnectedSystem[]>;
  machineNow: () => number;
  /** Trade time: memberships are judged by it. */
  now: () => Instant;
  /** Systems on this machine may be called: in a sandbox only, and only at the addresses that they are configured with. */
  sandbox: boolean;
  /** Path of the page that asks the person in. */
  interactionPath: (uid: string) => string;
}

const minute = 60;

function derived(secret: Uint8Array, label: string): Buffer {
  return createHmac("sha512", secret).update(`egret/v1 issuer ${label}`).digest();
}

function subjectFor(secret: Uint8Array, systemCode: string, personId: string): string {
  return createHmac("sha256", derived(secret, "pairwise")).update(`${systemCode}\n${personId}`).digest("hex");
}

export function makeIssuer(wish: IssuerWish): Provider {
  const derive = (label: string) => derived(wish.secret, label);
  const configuration: Configuration = {
    adapter: (model: string) => (model === "Client" ? new ClientStore(wish.systems) : new IssuerStore(wish.pool, wish.machineNow, model)),
    jwks: { keys: [signingKey(derive("signing key"))] },
    cookies: {
      keys: [derive("cookies").toString("hex")],
      names: { session: "egret_id", interaction: "egret_id_step", resume: "egret_id_resume" },
      long: { signed: true, sameSite: "lax", httpOnly: true },
      short: { signed: true, sameSite: "lax", httpOnly: true },
    },
    pkce: { required: () => true },
    responseTypes: ["code"],
    scopes: ["openid"],
    claims: { openid: ["sub", "org", "membership", "roles", "amr", "sid"] },
    subjectTypes: ["pairwise"],
    pairwiseIdentifier: (_, accountId, client) => subjectFor(wish.secret, client.clientId, accountId),
    clientAuthMethods: ["private_key_jwt"],
    enabledJWA: {
      clientAuthSigningAlgValues: ["ES256"],
      idTokenSigningAlgValues: ["ES256"],
      requestObjectSigningAlgValues: [],
      userinfoSigningAlgValues: [],
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true, allowUnregisteredRedirectUris: false },
      backchannelLogout: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: true },
      dPoP: { enabled: true },
    },
    ttl: {
      AuthorizationCode: minute,
      AccessToken: 5 * minute,
      IdToken: 5 * minute,
      Interaction: 10 * minute,
      Session: 8 * 60 * minute,
      Grant: 8 * 60 * minute,
    },
    ...(wish.sandbox ? { fetch: fetchWithin(wish.systems) } : {}),
    interactions: { url: (_, interaction) => wish.interactionPath(interaction.uid) },
    conformIdTokenClaims: false,
    findAccount: async (_, accountId) => ({ accountId, claims: async () => claimsOf(wish, accountId) }),
    renderError: (ctx, out) => {
      ctx.type = "json";
      ctx.body = out;
    },
  };
  return new Provider(wish.issuer, configuration);
}

/** The issuer's own guard refuses every address of this machine; the sandbox's allow-list is exact (decisions §7). */
function fetchWithin(systems: IssuerWish["systems"]): typeof fetch {
  return async (url, options) => {
    const isAdmitted = (await systems()).some(({ backchannelLogoutUri }) => backchannelLogoutUri === String(url));
    return fetch(url, isAdmitted ? ({ ...options, dispatcher: undefined } as RequestInit) : options);
  };
}

/** From the platform's own secret, so that it is the same after a restart and lies in no file of its own. */
function signingKey(seed: Uint8Array) {
  const secret = p256.utils.randomSecretKey(Uint8Array.from(seed.subarray(0, 48)));
  const point = p256.getPublicKey(secret, false);
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  return {
    kty: "EC",
    crv: "P-256",
    alg: "ES256",
    use: "sig",
    kid: url(point.subarray(1, 9)),
    x: url(point.subarray(1, 33)),
    y: url(point.subarray(33)),
    d: url(secret),
  };
}

/** What stands now, never what stood at sign-in: whoever has left has no membership in the next token. */
async function claimsOf({ pool, now }: IssuerWish, personId: string) {
  const memberships = await membershipsOf(pool, personId, now());
  const { rows } = await pool.query<{ membership: string | null; means: string }>(
    "SELECT membership, means FROM identity.session WHERE person_id = $1 ORDER BY seen_ms DESC LIMIT 1",
    [personId],
  );
  const chosen = memberships.find(({ id }) => id === rows[0]?.membership) ?? memberships[0];
  return {
    sub: personId,
    org: chosen?.organisationId ?? null,
    membership: chosen?.id ?? null,
    roles: memberships.filter(({ organisationId }) => organisationId === chosen?.organisationId).map(({ role }) => role),
    amr: rows[0] ? [rows[0].means] : [],
  };
}

/** Target of a link into a connected system: a noun of it and an id. */
export interface LinkTarget {
  systemCode: string;
  personId: string;
  target: string;
  id: string;
}

/**
 * A link into a connected system, for one minute and one use (trading-system-access.md §3): no token and no name stand in
 * the address, only a proof for that system that this very person was sent to this very form.
 */
export async function linkInto(wish: IssuerWish, { systemCode, personId, target, id }: LinkTarget): Promise<string | undefined> {
  const system = (await wish.systems()).find((one) => one.systemCode === systemCode);
  if (!system) return undefined;
  const key = signingKey(derived(wish.secret, "signing key"));
  const issuedAt = Math.floor(wish.machineNow() / 1000);
  const ctx = await new SignJWT({ target, id, jti: randomUUID() })
    .setProtectedHeader({ alg: "ES256", typ: "egret-link+jwt", kid: key.kid })
    .setIssuer(wish.issuer)
    .setAudience(systemCode)
    .setSubject(subjectFor(wish.secret, systemCode, personId))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + minute)
    .sign(await importJWK(key, "ES256"));
  const url = new URL("/egret/open", system.redirectUris[0]);
  for (const [name, value] of Object.entries({ target, id, ctx })) url.searchParams.set(name, value);
  return url.href;
}

/** Ends the person's sessions at the issuer and at every connected system. @returns the systems that did not answer. */
export async function signOutEverywhere(provider: Provider, pool: Pool, personId: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; payload: { authorizations?: Record<string, { sid?: string }> } }>(
    "SELECT id, payload FROM identity.issuer WHERE model = 'Session' AND account = $1",
    [personId],
  );
  const told = rows.flatMap(({ payload }) =>
    Object.entries(payload.authorizations ?? {}).map(async ([clientId, { sid }]) => {
      const client = (await provider.Client.find(clientId)) as unknown as
        | { backchannelLogout(sub: string, sid: string | undefined): Promise<void> }
        | undefined;
      return client?.backchannelLogout(personId, sid).then(
        () => [],
        () => [clientId],
      );
    }),
  );
  const silent = (await Promise.all(told)).flatMap((one) => one ?? []);
  await pool.query("DELETE FROM identity.issuer WHERE account = $1", [personId]);
  return silent;
}
