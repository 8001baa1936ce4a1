/** A nonce is good for the act, the membership and the lot it names, once, for two minutes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../kernel/index.ts";
import { ActNonces } from "./act-nonces.ts";

let now = 1_790_000_000_000;
const random = seededRandom("nonces");
const make = (secret = "one") => new ActNonces({ secret: Buffer.from(secret), machineNow: () => now, random });
const wish = { act: "bid.seal", membership: "mem_1", lotId: "lot_1" };
const reason = (refusal: ReturnType<ActNonces["take"]>) => refusal?.data.reason;

test("it names one act of one membership in one lot", () => {
  const nonces = make();
  const { nonce } = nonces.issue(wish);
  assert.match(nonce, /^[0-9a-f]{64}$/);
  for (const other of [{ act: "con.sign" }, { membership: "mem_2" }, { lotId: "lot_2" }, { lotId: null }])
    assert.equal(reason(nonces.take(nonce, { ...wish, ...other })), "other");
  assert.equal(reason(nonces.take(undefined, wish)), "missing");
  assert.equal(reason(nonces.take("0".repeat(64), wish)), "other");
  assert.equal(reason(nonces.take("short", wish)), "other");
  assert.equal(nonces.take(nonce, wish), undefined);
});

test("it is good once, unless the command came to nothing", () => {
  const nonces = make();
  const { nonce } = nonces.issue(wish);
  assert.equal(nonces.take(nonce, wish), undefined);
  assert.equal(reason(nonces.take(nonce, wish)), "used");
  nonces.giveBack(nonce);
  assert.equal(nonces.take(nonce, wish), undefined);
});

test("it ends after two minutes of machine time, outlives a restart and belongs to one platform", () => {
  const { nonce } = make().issue(wish);
  now += 120_000;
  assert.equal(make().take(nonce, wish), undefined, "after a restart");
  assert.equal(reason(make("two").take(nonce, wish)), "other");
  now += 1;
  assert.equal(reason(make().take(nonce, wish)), "over");
});
