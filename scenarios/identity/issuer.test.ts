/** Our OpenID Connect issuer against a client that we did not write (openid-client), over HTTP: what works, and every misuse refused. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as client from "openid-client";
import { enrolmentWish, founderWish } from "../city/city.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";
import { Browser } from "./browser.ts";

const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../.egret");
const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
const logouts: string[] = [];
let listener: Server;
let own: OwnPlatform;
let config: client.Configuration;
let back: string;

before(async () => {
  listener = createServer(async (request, answer) => {
    logouts.push(new URLSearchParams(Buffer.concat(await request.toArray()).toString()).get("logout_token") ?? "");
    answer.end();
  });
  await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
  back = `http://tps.localhost:${(listener.address() as AddressInfo).port}`;
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const system = {
    redirectUris: [`${back}/callback`],
    backchannelLogoutUri: `${back.replace("tps.localhost", "127.0.0.1")}/logout`,
    keys: [{ kty, crv, x, y, kid: "k1", alg: "ES256", use: "sig" }],
  };
  own = await openOwnPlatform({
    name: "issuer",
    seed: 6,
    start: "2026-11-02T00:00:00.000Z",
    home,
    founder: founderWish,
    systems: [
      { ...system, systemCode: "tps" },
      { ...system, systemCode: "tps-two" },
    ],
  });
  await own.world.enrol(enrolmentWish("firm-01", (noun) => own.world.newId(noun)));
  config = await discover("tps");
});
after(async () => {
  listener.close();
  await own.close();
});

function discover(id: string): Promise<client.Configuration> {
  const auth = client.PrivateKeyJwt({ key: pair.privateKey, kid: "k1" });
  return client.discovery(new URL(`${own.world.url}/oidc`), id, { id_token_signed_response_alg: "ES256" }, auth, {
    execute: [client.allowInsecureRequests],
  });
}

async function browser(): Promise<Browser> {
  const chosen = new Browser();
  const answer = await fetch(`${own.world.url}/api/v1/sandbox/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ personId: own.world.as("person-030").personId }),
  });
  chosen.enter(((await answer.json()) as { token: string }).token);
  return chosen;
}

async function start(change: Record<string, string> = {}, of = config) {
  const verifier = client.randomPKCECodeVerifier();
  const [nonce, state] = [client.randomNonce(), client.randomState()];
  const parameters = {
    redirect_uri: `${back}/callback`,
    scope: "openid",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    nonce,
    state,
    ...change,
  };
  for (const [name, value] of Object.entries(parameters)) if (value === "") delete (parameters as Record<string, string>)[name];
  const url = await client.buildAuthorizationUrlWithPAR(of, parameters);
  return { url: url.href, checks: { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state, idTokenExpected: true } };
}

const signIn = async (of = config) => {
  const { url, checks } = await start({}, of);
  const current = await (await browser()).walk(url, back);
  return { current, checks, tokens: await client.authorizationCodeGrant(of, current, checks) };
};

test("the whole flow with a real client: claims say who, in which membership; no right to sign", async () => {
  const { tokens, current } = await signIn();
  const claims = tokens.claims();
  assert.equal(current.searchParams.get("iss"), `${own.world.url}/oidc`);
  assert.equal(tokens.expires_in, 300);
  assert.equal(tokens.refresh_token, undefined);
  const info = await client.fetchUserInfo(config, tokens.access_token, String(claims?.sub));
  const person = own.world.as("person-030");
  assert.deepEqual([info.org, info.membership, info.roles], [person.organisationId, person.membershipId, ["bidder"]]);
  assert.ok(!JSON.stringify([claims, info]).includes(person.personId), "the subject is not the person's number here");
  const act = await fetch(`${own.world.url}/api/v1/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.equal(act.status, 401, "a token of another system is no session of ours");
});

test("two systems cannot join their people: the subject differs", async () => {
  const two = await discover("tps-two");
  const [a, b] = [await signIn(), await signIn(two)];
  assert.notEqual(a.tokens.claims()?.sub, b.tokens.claims()?.sub);
  assert.equal(a.tokens.claims()?.sub, (await signIn()).tokens.claims()?.sub);
});

test("without PKCE, with another redirect, another response type or without a pushed request: refused", async () => {
  const refused = async (change: Record<string, string>, code: RegExp) =>
    assert.rejects(start(change), (error: { error?: string; cause?: { error?: string } }) =>
      code.test(error.error ?? error.cause?.error ?? ""),
    );
  await refused({ code_challenge: "", code_challenge_method: "" }, /invalid_request/);
  await refused({ code_challenge_method: "plain" }, /invalid_request/);
  await refused({ redirect_uri: `${back}/other` }, /invalid_request/);
  await refused({ redirect_uri: `${back}/callback/../x` }, /invalid_request/);
  await refused({ redirect_uri: `${back}/callback?next=http://evil.example` }, /invalid_request/);
  await refused({ response_type: "code id_token" }, /unsupported_response_type|unauthorized_client|invalid_request/);
  const plain = new URLSearchParams({ client_id: "tps", redirect_uri: `${back}/callback`, response_type: "code", scope: "openid" });
  const answer = await (await browser()).get(`${own.world.url}/oidc/auth?${plain}`);
  assert.ok(!(answer.headers.get("location") ?? "").includes("code="));
});

test("a code is good once and its second use kills the first's tokens; another verifier or nonce is refused", async () => {
  const { current, checks, tokens } = await signIn();
  await assert.rejects(
    client.authorizationCodeGrant(config, current, checks),
    (error: { cause?: { error?: string } }) => error.cause?.error === "invalid_grant",
  );
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, String(tokens.claims()?.sub)), "the grant is revoked");
  const next = await start();
  const callback = await (await browser()).walk(next.url, back);
  await assert.rejects(
    client.authorizationCodeGrant(config, callback, { ...next.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }),
  );
  const third = await start();
  const again = await (await browser()).walk(third.url, back);
  await assert.rejects(client.authorizationCodeGrant(config, again, { ...third.checks, expectedNonce: "other" }));
});

test("a client without its key, or with another's, gets nothing; a stranger is sent to our door", async () => {
  const stranger = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const forged = await client.discovery(
    new URL(`${own.world.url}/oidc`),
    "tps",
    {},
    client.PrivateKeyJwt({ key: stranger.privateKey, kid: "k1" }),
    { execute: [client.allowInsecureRequests] },
  );
  await assert.rejects(start({}, forged));
  const none = await client.discovery(new URL(`${own.world.url}/oidc`), "tps", {}, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  await assert.rejects(start({}, none));
  const { url } = await start();
  const outsider = new Browser();
  const first = await outsider.get(url);
  const page = await outsider.get(new URL(first.headers.get("location") ?? "", url).href);
  assert.match(page.headers.get("content-security-policy") ?? "", /script-src 'self' 'nonce-/);
  const end = await outsider.get(`${new URL(first.headers.get("location") ?? "", url).href}/continue`);
  assert.deepEqual([end.status, end.headers.get("location")], [303, "/"]);
});

test("signing out here signs out there: each system is told, and the token is dead", async () => {
  const { tokens } = await signIn();
  logouts.length = 0;
  const answer = await fetch(`${own.world.url}/api/v1/session`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${own.world.as("person-030").token}` },
  });
  assert.equal(answer.status, 204);
  assert.ok(logouts.length >= 1);
  // Both systems are told, at the same time.
  const payloads = logouts.map((logout) => JSON.parse(Buffer.from(logout.split(".")[1] ?? "", "base64url").toString()));
  const payload = payloads.find(({ aud }) => aud === "tps");
  assert.deepEqual([payload.iss, payload.sub], [`${own.world.url}/oidc`, tokens.claims()?.sub]);
  assert.ok(payload.events["http://schemas.openid.net/event/backchannel-logout"] && payload.sid);
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, String(tokens.claims()?.sub)));
});
