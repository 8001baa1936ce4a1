/** The ways in, over HTTP on a whole platform: certificate, passkey, password with a second factor, phone; and what is refused. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { softwareSigner } from "../../formats/act-signers.ts";
import { signInMessage } from "../../formats/sign-in.ts";
import { codeAt } from "../../server/identity/sign-in/one-time-code.ts";
import { SoftwareAuthenticator } from "../../server/identity/sign-in/testing/software-authenticator.ts";
import { machineClock } from "../../server/runtime/clock/clock.ts";
import { enrolmentWish, founderWish } from "../city/city.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";

const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../.egret");
let own: OwnPlatform;
before(async () => {
  own = await openOwnPlatform({ name: "sign-in", seed: 4, start: "2026-11-02T00:00:00.000Z", home, founder: founderWish });
  for (const id of ["buyer-01", "firm-01"]) await own.world.enrol(enrolmentWish(id, (noun) => own.world.newId(noun)));
});
after(async () => {
  await own.close();
});

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the assertions say.
type Answer = { status: number; body: any; headers: Headers };
async function send(method: string, path: string, json?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${own.world.url}/api/v1${path}`, {
    method,
    headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, headers: answer.headers };
}
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const certificateOf = async (personId: string) => {
  const made = await own.world.simulators.walletDoor(`persons/${personId}`);
  return (made.certificates as { usage: string; certificate: string }[]).find(({ usage }) => usage === "sign")?.certificate ?? "";
};

async function signIn(key = "person-030", change: { secret?: string; certificate?: string } = {}) {
  const person = own.world.as(key);
  const { body: challenge } = await send("POST", "/sign-in/certificate/challenges", {});
  const signer = softwareSigner({ family: "p256", secret: change.secret ?? person.keys.signSecret }, challenge.origin);
  const sig = await signer.sign(signInMessage(challenge));
  return { challenge, sig, certificate: change.certificate ?? (await certificateOf(person.personId)) };
}

test("a certificate signs the platform's challenge: in once, with the strict cookie of this host", async () => {
  const { challenge, sig, certificate } = await signIn();
  assert.equal(challenge.origin, own.world.url);
  const wish = { nonce: challenge.nonce, certificate, sig };
  const answer = await send("POST", "/sign-in/certificate", wish);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body.personId, own.world.as("person-030").personId);
  assert.match(answer.headers.get("set-cookie") ?? "", /^__Host-egret=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  const { items } = (await send("GET", "/me/sessions", undefined, as(answer.body.token))).body;
  assert.equal(items.find((row: { current: boolean }) => row.current).means, "certificate");
  assert.equal((await send("POST", "/sign-in/certificate", wish)).status, 401, "a challenge is good once");
});

test("another key, another's certificate and another origin are one and the same answer", async () => {
  const stranger = own.world.as("person-001");
  const tries = [
    await signIn("person-030", { secret: stranger.keys.signSecret }),
    await signIn("person-030", { certificate: await certificateOf(stranger.personId) }),
    await signIn("person-030", { certificate: "rubbish" }),
  ];
  const answers = await Promise.all(
    tries.map(({ challenge, sig, certificate }) => send("POST", "/sign-in/certificate", { nonce: challenge.nonce, sig, certificate })),
  );
  const fresh = await signIn();
  const foreign = new URL(own.world.url);
  foreign.hostname = "127.0.0.1";
  const other = await fetch(`${foreign.origin}/api/v1/sign-in/certificate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ nonce: fresh.challenge.nonce, sig: fresh.sig, certificate: fresh.certificate }),
  });
  const bodies = [...answers.map(({ body }) => body), await other.json()].map(({ traceId: _, ...rest }) => rest);
  assert.equal(new Set(bodies.map((body) => JSON.stringify(body))).size, 1, JSON.stringify(bodies));
  assert.equal(bodies[0].code, "auth.sign-in-failed");
});

test("a name that is not this machine's gets no challenge to sign", async () => {
  const { port } = new URL(own.world.url);
  const status = await new Promise((resolve) => {
    const call = request(
      {
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/api/v1/sign-in/certificate/challenges",
        headers: { host: "evil.example", "content-type": "application/json" },
      },
      (answer) => resolve(answer.statusCode),
    );
    call.end("{}");
  });
  assert.equal(status, 421);
});

test("a passkey is registered and signs in; a replayed, unverified, foreign or copied one does not", async () => {
  const { token, personId } = (await send("POST", "/sandbox/sessions", { personId: own.world.as("person-030").personId })).body;
  const site = { origin: own.world.url, rpId: "localhost" };
  const key = new SoftwareAuthenticator(site);
  const { body: options } = await send("POST", "/me/passkeys/challenges", undefined, as(token));
  const response = key.register(options);
  assert.equal((await send("POST", "/me/passkeys", { label: "手机", response }, as(token))).status, 200);
  assert.equal((await send("POST", "/me/passkeys", { label: "再次", response }, as(token))).body.code, "auth.passkey-refused");
  const challenge = async () => (await send("POST", "/sign-in/passkey/challenges", {})).body;
  const assertion = key.assert(await challenge());
  const entered = await send("POST", "/sign-in/passkey", { response: assertion });
  assert.deepEqual([entered.status, entered.body.personId], [200, personId]);
  const refused = async (answer: unknown, words: string) =>
    assert.equal((await send("POST", "/sign-in/passkey", { response: answer })).body.code, "auth.sign-in-failed", words);
  await refused(assertion, "replayed");
  await refused(new SoftwareAuthenticator(site).assert(await challenge()), "unknown key");
  key.counter = 0;
  await refused(key.assert(await challenge()), "a counter that falls back");
  key.counter = 10;
  assert.equal((await send("POST", "/sign-in/passkey", { response: key.assert(await challenge()) })).status, 200);
  const touched = new SoftwareAuthenticator({ ...site, userVerified: false });
  const again = (await send("POST", "/me/passkeys/challenges", undefined, as(token))).body;
  assert.equal(
    (await send("POST", "/me/passkeys", { label: "未验证", response: touched.register(again) }, as(token))).body.code,
    "auth.passkey-refused",
  );
  const elsewhere = new SoftwareAuthenticator({ ...site, origin: "http://localhost:1" });
  const third = (await send("POST", "/me/passkeys/challenges", undefined, as(token))).body;
  assert.equal(
    (await send("POST", "/me/passkeys", { label: "别处", response: elsewhere.register(third) }, as(token))).body.code,
    "auth.passkey-refused",
  );
});

const secretFrom = (base32: string) =>
  Buffer.from(
    (base32.match(/./g) ?? [])
      .map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"))
      .join("")
      .match(/.{8}/g)
      ?.map((b) => Number.parseInt(b, 2)) ?? [],
  );

test("a password comes with a code, staff have none, and guessing gets slow without locking out a passkey", async () => {
  const { token } = (await send("POST", "/sandbox/sessions", { personId: own.world.as("person-030").personId })).body;
  const registrar = (await send("POST", "/sandbox/sessions", { personId: own.world.as("registrar").personId })).body;
  const wish = { login: "cai.yu", password: "green-heron-at-the-quay" };
  assert.equal((await send("PUT", "/me/password", wish, as(registrar.token))).body.code, "auth.no-password");
  assert.equal((await send("PUT", "/me/password", { ...wish, password: "password123456" }, as(token))).body.code, "auth.password-weak");
  const { secret } = (await send("PUT", "/me/password", wish, as(token))).body;
  const step = () => Math.floor(machineClock.now() / 30_000);
  const code = codeAt(secretFrom(secret), step());
  assert.equal(
    (await send("POST", "/sign-in/password", { ...wish, code: "000000" })).status,
    code === "000000" ? 200 : 401,
    "a password alone is nothing",
  );
  const entered = await send("POST", "/sign-in/password", { ...wish, code });
  assert.equal(entered.status, 200, JSON.stringify(entered.body));
  assert.equal((await send("POST", "/sign-in/password", { ...wish, code })).status, 401, "a code is good once");
  assert.equal((await send("PUT", "/me/password", wish, as(entered.body.token))).body.code, "auth.stronger-needed");
  const guess = (login: string) => send("POST", "/sign-in/password", { login, password: "wrong-but-long-enough", code: "123456" });
  const [known, unknown] = [await guess("cai.yu"), await guess("nobody.here")];
  assert.deepEqual({ ...known.body, traceId: "" }, { ...unknown.body, traceId: "" });
  for (let i = 0; i < 4; i++) await guess("cai.yu");
  const slowed = await guess("cai.yu");
  assert.equal(slowed.status, 429);
  assert.ok(Number(slowed.headers.get("retry-after")) > 0);
  const { challenge, sig, certificate } = await signIn();
  assert.equal(
    (await send("POST", "/sign-in/certificate", { nonce: challenge.nonce, sig, certificate })).status,
    200,
    "a certificate is not locked out",
  );
});

test("a phone that is in lets a page in, once, if the digits are the same", async () => {
  const phone = (await send("POST", "/sandbox/sessions", { personId: own.world.as("person-030").personId })).body;
  const ask = async () => (await send("POST", "/sign-in/phone", {})).body;
  const page = await ask();
  const poll = (verifier = page.verifier) => send("POST", `/sign-in/phone/${page.id}`, { verifier });
  assert.equal((await poll()).status, 202);
  assert.equal((await send("GET", `/me/phone-sign-ins/${page.id}`, undefined, as(phone.token))).body.origin, own.world.url);
  assert.equal((await send("POST", `/me/phone-sign-ins/${page.id}`, { digits: page.digits }, as(phone.token))).status, 204);
  assert.equal((await poll("0".repeat(64))).status, 401, "another page saw the code, but not the secret");
  const entered = await poll();
  assert.deepEqual([entered.status, entered.body.personId], [200, phone.personId]);
  assert.equal((await poll()).status, 401);
  const wrong = await ask();
  const other = wrong.digits === "11" ? "12" : "11";
  assert.equal((await send("POST", `/me/phone-sign-ins/${wrong.id}`, { digits: other }, as(phone.token))).body.code, "auth.phone-refused");
  assert.equal(
    (await send("POST", `/me/phone-sign-ins/${wrong.id}`, { digits: wrong.digits }, as(phone.token))).body.code,
    "auth.phone-refused",
    "no second guess",
  );
});

test("a write with our cookie from a foreign page is refused; our own page may write; signing out ends it", async () => {
  const { token } = (await send("POST", "/sandbox/sessions", { personId: own.world.as("person-030").personId })).body;
  const cookie = `__Host-egret=${token}`;
  const write = (headers: Record<string, string>) => send("DELETE", "/me/sessions/none", undefined, { cookie, ...headers });
  assert.equal((await write({ origin: "http://evil.example" })).body.code, "request.foreign-origin");
  assert.equal((await write({ origin: "null" })).body.code, "request.foreign-origin");
  assert.equal((await write({ "sec-fetch-site": "cross-site" })).body.code, "request.foreign-origin");
  assert.equal((await write({ origin: own.world.url, "sec-fetch-site": "same-origin" })).body.code, "object.unknown");
  assert.equal((await send("GET", "/me", undefined, { cookie: `egret_session=${token}` })).status, 401, "the old cookie's name is dead");
  assert.equal((await send("DELETE", "/session", undefined, { cookie, origin: own.world.url })).status, 204);
  assert.equal((await send("GET", "/me", undefined, { cookie })).status, 401);
});
