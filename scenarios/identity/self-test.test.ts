/**
 * The self-test answers as an act would be answered: a good key, another's key, a revoked certificate; for every family.
 * And a passkey that was used on another page signs no act here.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { signCommandWith, softwareSigner } from "../../formats/act-signers.ts";
import { selfTestMessage } from "../../formats/self-test.ts";
import { enrolmentWish, founderWish } from "../city/city.ts";
import { biddersByFamily } from "../construction-open-families/run.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";

const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../.egret");
let own: OwnPlatform;

before(async () => {
  own = await openOwnPlatform({ name: "self-test", seed: 1, start: "2026-11-02T01:00:00.000Z", home, founder: founderWish });
  for (const { firm, family } of Object.values(biddersByFamily)) {
    const wish = enrolmentWish(firm, (noun) => own.world.newId(noun));
    const people = wish.people.map((person) => (biddersByFamily[person.key] ? { ...person, family } : person));
    await own.world.enrol({ ...wish, people });
  }
});
after(() => own.close());

async function post(key: string, path: string, json: unknown, headers: Record<string, string> = {}) {
  const { token } = own.world.as(key);
  const answer = await fetch(`${own.world.url}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(json),
  });
  return { status: answer.status, body: await answer.json() };
}

/** @param hand whose key signs. */
async function selfTest(key: string, hand = key) {
  const { membershipId: membership } = own.world.as(key);
  const { family, signSecret: secret } = own.world.as(hand).keys;
  const { body: challenge } = await post(key, "/me/self-test/challenges", {});
  const sig = await softwareSigner({ family, secret }, own.world.url).sign(selfTestMessage(challenge));
  const wish = { membership, nonce: challenge.nonce, sig };
  return { wish, ...(await post(key, "/me/self-test", wish)) };
}

test("a person of each family is told that signing works, and until when", async () => {
  for (const [key, { family }] of Object.entries(biddersByFamily)) {
    const { body } = await selfTest(key);
    assert.deepEqual([body.family, body.signature, body.refusal], [family, "holds", null], key);
    assert.match(body.notAfter, /^20/);
  }
});

test("another's key fails, a nonce is good once and for its own person only", async () => {
  assert.equal((await selfTest("person-030", "registrar")).body.signature, "fails");
  assert.equal((await selfTest("person-030", "person-032")).body.signature, "fails", "another family's signature");
  const { wish } = await selfTest("person-032");
  assert.equal((await post("person-032", "/me/self-test", wish)).body.code, "auth.self-test-over");
  const { body: challenge } = await post("person-030", "/me/self-test/challenges", {});
  const foreign = { ...wish, membership: own.world.as("person-034").membershipId, nonce: challenge.nonce };
  assert.equal((await post("person-034", "/me/self-test", foreign)).status, 422);
});

test("a revoked certificate is told by its reason, days before an act would be refused with it", async () => {
  const made = await own.world.simulators.walletDoor(`persons/${own.world.as("person-034").personId}`);
  const { serial } = (made.certificates as { usage: string; serial: string }[]).find(({ usage }) => usage === "sign") ?? {};
  await own.world.simulators.drive("ca", "revoke", { serial, reason: "keyCompromise" });
  await own.world.until(async () => (await selfTest("person-034")).body.refusal !== null, "the revocation is not heard of");
  const { refusal, signature } = (await selfTest("person-034")).body;
  assert.deepEqual([refusal.code, signature], ["certificate.revoked", "holds"]);
  assert.equal((await selfTest("person-032")).body.refusal, null, "the other chains' lists are their own");
});

test("an act signed by a passkey on another page is refused before anything is looked at", async () => {
  const { keys, membershipId } = own.world.as("person-036");
  const command = { v: 1 as const, act: "mem.leave", commandId: "cmd_0000000000000001", membership: membershipId, lotId: null, data: {} };
  const headers = { "idempotency-key": command.commandId };
  const by = (origin: string) => signCommandWith(command, softwareSigner({ family: "passkey", secret: keys.signSecret }, origin));
  const foreign = await post("person-036", "/acts/mem.leave", await by("https://evil.example"), headers);
  assert.deepEqual([foreign.status, foreign.body.code], [401, "auth.passkey-elsewhere"]);
  const ours = await post("person-036", "/acts/mem.leave", await by(own.world.url), headers);
  assert.notEqual(ours.body.code, "auth.act-signature-invalid");
  assert.notEqual(ours.status, 401);
});

test("whoever was enrolled with a passkey and has no certificate signs in by it", async () => {
  const { keys, personId } = own.world.as("person-036");
  const made = await own.world.simulators.walletDoor(`persons/${personId}`);
  const { serial: id } = (made.certificates as { usage: string; serial: string }[]).find(({ usage }) => usage === "sign") ?? {};
  const { body: options } = await post("person-036", "/sign-in/passkey/challenges", {});
  const origin = own.world.url;
  const clientData = JSON.stringify({ type: "webauthn.get", challenge: options.challenge, origin, crossOrigin: false });
  const sha = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
  const data = Buffer.concat([sha(new URL(origin).hostname), Buffer.from([5, 0, 0, 0, 0])]);
  const raw = p256.sign(Buffer.concat([data, sha(clientData)]), Buffer.from(keys.signSecret, "hex"), { lowS: false });
  const der = p256.Signature.fromBytes(raw).toBytes("der");
  const url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");
  const answer = { clientDataJSON: url(clientData), authenticatorData: url(data), signature: url(der) };
  const response = { id, rawId: id, type: "public-key", response: answer, clientExtensionResults: {} };
  const entered = await post("person-036", "/sign-in/passkey", { response });
  assert.deepEqual([entered.status, entered.body.personId], [200, personId], JSON.stringify(entered.body));
});
