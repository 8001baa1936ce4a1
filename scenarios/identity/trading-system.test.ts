/**
 * Cases C05–C12 of trading-system-access.md §21 against the demonstration trading system, with a whole platform on the
 * other side. Each case has the misuse that is refused and its lawful twin that succeeds.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { machine } from "../../simulators/frame/main.ts";
import { type RunningTradingSystem, startTradingSystem } from "../../simulators/trading-system/trading-system.ts";
import { enrolmentWish, founderWish } from "../city/city.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";
import { Browser } from "./browser.ts";

const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../.egret");
let own: OwnPlatform;
let tps: RunningTradingSystem;
let other: RunningTradingSystem;
before(async () => {
  [tps, other] = [await startTradingSystem("tps", machine), await startTradingSystem("tps-two", machine)];
  own = await openOwnPlatform({
    name: "tps",
    seed: 7,
    start: "2026-11-02T00:00:00.000Z",
    home,
    founder: founderWish,
    systems: [other.row],
  });
  for (const id of ["firm-01", "firm-02", "centre-01"]) await own.world.enrol(enrolmentWish(id, (noun) => own.world.newId(noun)));
  await admit(tps.row);
  for (const system of [tps, other]) await system.connect(`${own.world.url}/oidc`);
});
after(async () => {
  await tps.stop();
  await other.stop();
  await own.close();
});

/** One person proposes, another releases. @param row null takes the system off. */
async function admit(row: RunningTradingSystem["row"] | null): Promise<void> {
  const { systemCode: _, ...system } = row ?? tps.row;
  const wish = { systemCode: "tps", system: row && system, reason: "沙箱接入" };
  const registrar = own.world.as("registrar");
  const { version } = await registrar.done("sys.propose", null, wish);
  await registrar.refused("sys.release", null, { version }, "system.second-person");
  await own.world.as("person-106").done("sys.release", null, { version });
}

const api = async (token: string, method: string, path: string, json?: unknown) => {
  const answer = await fetch(`${own.world.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(json ? { "content-type": "application/json" } : {}) },
    ...(json ? { body: JSON.stringify(json) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
};

interface User {
  browser: Browser;
  token: string;
}

/** A person in a browser of its own, signed in at the platform. */
async function user(key = "person-030"): Promise<User> {
  const { body } = await api("", "POST", "/sandbox/sessions", { personId: own.world.as(key).personId });
  const browser = new Browser();
  browser.enter(body.token);
  return { browser, token: body.token };
}

/** Signs in at the system and lands where it leads. @returns the address. */
async function signIn({ browser }: User, back = "/lots/lot_1", at = tps): Promise<string> {
  const callback = await browser.walk(`${at.url}/login?back=${encodeURIComponent(back)}`, `${at.url}/callback`);
  const landing = await browser.get(callback.href);
  assert.equal(landing.status, 303, await landing.text());
  return landing.headers.get("location") ?? "";
}

const page = async ({ browser }: User, path: string) => (await browser.get(`${tps.url}${path}`)).status;
const offset = (ms: number) =>
  fetch(`${local(tps)}/egret-test/v1/do`, { method: "POST", body: JSON.stringify({ act: "setClockOffset", args: { ms } }) });
const local = (system: RunningTradingSystem) => system.url.replace("tps.localhost", "127.0.0.1");
const link = async ({ token }: User, wish: { systemCode?: string; target?: string; id?: string } = {}) =>
  (await api(token, "POST", "/me/deep-links", { systemCode: "tps", target: "lots", id: "lot_1", ...wish })).body.url as string;

test("C05 a token is for one system and one time: expired, another's, or for another audience is refused", async () => {
  const someone = await user();
  const bearer = (url: string) => new URL(url).searchParams.get("ctx") ?? "";
  const call = async (token: string) =>
    (await fetch(`${local(tps)}/webhook`, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status;
  const [good, foreign] = [bearer(await link(someone)), bearer(await link(someone, { systemCode: "tps-two" }))];
  assert.equal(await call(good), 204);
  assert.equal(await call(foreign), 401);
  const [head, body, sig] = good.split(".");
  const unsigned = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  for (const forged of ["", "rubbish", `${unsigned}.${body}.`, `${head}.${body}.${sig?.split("").reverse().join("")}`])
    assert.equal(await call(forged), 401);
  await offset(61_000);
  assert.equal(await call(good), 401);
  await offset(0);
});

test("C06 the code flow works once; another issuer, a swapped state and a replayed code do not", async () => {
  const person = await user();
  const walk = () => person.browser.walk(`${tps.url}/login?back=/lots/lot_1`, `${tps.url}/callback`);
  const first = await walk();
  const foreign = new URL(first);
  foreign.searchParams.set("iss", "http://evil.example/oidc");
  assert.equal((await person.browser.get(foreign.href)).status, 401);
  const good = await walk();
  assert.equal((await person.browser.get(good.href)).status, 303);
  assert.equal((await person.browser.get(good.href)).status, 401, "replayed");
  const [one, two] = [await walk(), await walk()];
  const swapped = new URL(one);
  swapped.searchParams.set("code", two.searchParams.get("code") ?? "");
  assert.equal((await person.browser.get(swapped.href)).status, 401, "the code of another start: other verifier, other nonce");
});

test("C07 whoever wishes to be sent elsewhere comes home", async () => {
  const person = await user();
  assert.equal(await signIn(person, "/forms/form_9"), "/forms/form_9");
  const tries = [
    "http://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/lots/../../evil",
    "javascript:alert(1)",
    "/lots/%2f%2fevil.example",
    "/lots/x?next=//evil",
    "/admin",
    "https:evil.example",
    "/lots/",
    "/lots/a/b",
    " /lots/a",
  ];
  assert.equal(tries.length, 12);
  for (const back of tries) assert.equal(await signIn(person, back), "/", back);
});

test("C08 signing out at the platform ends every session there, in both browsers", async () => {
  const [one, two] = [await user(), await user()];
  for (const browser of [one, two]) await signIn(browser);
  assert.deepEqual([await page(one, "/lots/lot_1"), await page(two, "/lots/lot_1")], [200, 200]);
  const bystander = await user("person-032");
  await signIn(bystander);
  const forged = await fetch(`${local(tps)}/backchannel-logout`, {
    method: "POST",
    body: new URLSearchParams({ logout_token: "rubbish" }),
  });
  assert.equal(forged.status, 400);
  assert.equal((await api(one.token, "DELETE", "/session")).status, 204);
  assert.deepEqual([await page(one, "/lots/lot_1"), await page(two, "/lots/lot_1")], [401, 401]);
  assert.equal(await page(bystander, "/lots/lot_1"), 200);
});

const post = (person: User, path: string, body: string) => person.browser.post(`${tps.url}${path}`, body);

test("C10 an act belongs to the membership that its form names, or is refused", async () => {
  const firm = own.world.as("person-030");
  const { organisationId } = own.world.as("person-032");
  const { membershipId } = await own.world
    .as("registrar")
    .done("mem.grant", null, { personId: firm.personId, organisationId, role: "bidder", validTo: null });
  const person = await user();
  const inRole = async (membership: string) => {
    const { body } = await api(person.token, "POST", "/me/membership", { membership });
    person.token = body.token;
    person.browser.enter(body.token);
  };
  await inRole(firm.membershipId);
  await signIn(person);
  assert.equal(await post(person, "/acts/lot_1", `membership=${firm.membershipId}`), 200);
  await inRole(membershipId);
  assert.equal(await post(person, "/acts/lot_1", `membership=${firm.membershipId}`), 403, "the form was opened as the first firm");
  assert.equal(await post(person, "/acts/lot_1", `membership=${membershipId}`), 200);
});

test("C11 ten links land on the form of their own lot, with and without a session there", async () => {
  const person = await user("person-032");
  for (let i = 0; i < 10; i++) {
    const target = i % 2 === 0 ? "lots" : "forms";
    const url = await link(person, { target, id: `obj_${i}` });
    assert.ok(!url.includes(own.world.as("person-032").personId));
    const first = await person.browser.get(url);
    const location = first.headers.get("location") ?? "";
    const landing = location.startsWith("/login") ? await landingOf(person, new URL(location, tps.url)) : location;
    assert.equal(landing, `/${target}/obj_${i}`);
    assert.equal(await page(person, landing), 200);
  }
});

async function landingOf(person: User, login: URL): Promise<string> {
  const callback = await person.browser.walk(login.href, `${tps.url}/callback`);
  return (await person.browser.get(callback.href)).headers.get("location") ?? "";
}

test("C12 a link used twice, after its minute, for another system or with another id is refused", async () => {
  const person = await user("person-032");
  const open = async (url: string) => (await person.browser.get(url)).status;
  const good = await link(person);
  assert.equal(await open(good), 303);
  assert.equal(await open(good), 403, "twice");
  const altered = new URL(await link(person));
  altered.searchParams.set("id", "lot_2");
  assert.equal(await open(altered.href), 403);
  const foreign = new URL(await link(person, { systemCode: "tps-two" }));
  assert.equal(await open(`${tps.url}${foreign.pathname}${foreign.search}`), 403, "another audience");
  const late = await link(person);
  await offset(61_000);
  assert.equal(await open(late), 403);
  await offset(0);
  assert.equal((await api(person.token, "POST", "/me/deep-links", { systemCode: "tps", target: "lots", id: "http://evil" })).status, 400);
});

test("C09 whoever has lost the membership during a form is refused at the next act, and keeps the draft", async () => {
  const firm = own.world.as("person-032");
  const person = await user("person-032");
  await signIn(person);
  assert.equal(await post(person, "/forms/form_1", "三页文字"), 204);
  assert.equal(await post(person, "/acts/lot_1", `membership=${firm.membershipId}`), 200);
  await own.world.as("registrar").done("mem.end", null, { membershipId: firm.membershipId, reason: "离职" });
  assert.equal(await post(person, "/acts/lot_1", `membership=${firm.membershipId}`), 403);
  assert.match(await (await person.browser.get(`${tps.url}/forms/form_1`)).text(), /三页文字/);
});

test("a proposal alone changes nothing; a system that two persons took off is a stranger at once", async () => {
  const person = await user();
  assert.notEqual(await link(person), undefined);
  const { version } = await own.world.as("registrar").done("sys.propose", null, { systemCode: "tps", system: null, reason: "停用试验" });
  assert.notEqual(await link(person), undefined, "one person alone");
  await own.world.as("person-106").done("sys.release", null, { version });
  assert.equal(await link(person), undefined);
  const start = await person.browser.get(`${tps.url}/login?back=/lots/lot_1`);
  assert.notEqual(start.status, 303, "no sign-in begins for a stranger");
  await own.world.as("person-106").refused("sys.release", null, { version }, "system.no-proposal");
  await admit(tps.row);
  assert.notEqual(await link(person), undefined);
});
