import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { gcm } from "@noble/ciphers/aes.js";
import fc from "fast-check";
import { concat, hex, utf8 } from "../../formats/bytes.ts";
import { fillerBytes, seededRandom } from "../../formats/seal/rehearsal.ts";
import { rehearseOpening } from "../../formats/seal/rehearsed-opening.ts";
import { findAlgorithms } from "./algorithms.ts";
import { sm3, sm3OfScript, sm4Counter, sm4CounterOfScript } from "./national.ts";
import { verifyOpening } from "./verify.ts";

const files = (seed: number) => [
  { name: "bid-form.json", bytes: fillerBytes(seed, 900) },
  { name: "施工组织设计.pdf", bytes: fillerBytes(seed + 1, 1_200_000) },
];
const bidders = [
  { bidderId: "B-1", files: files(1) },
  { bidderId: "B-2", files: files(3) },
  { bidderId: "B-3", files: files(5), keyIsMissing: "bidder" as const },
];
const made = {
  1: await rehearseOpening({ suite: 1, bidders }, seededRandom("one")),
  2: await rehearseOpening({ suite: 2, bidders }, seededRandom("two")),
};

for (const suite of [1, 2] as const) {
  test(`suite ${suite}: what the making side seals and opens, the verifier finds right`, () => {
    const { opening, bodies } = made[suite];
    const verdict = verifyOpening(JSON.stringify(opening), (digest) => bodies.get(digest));
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.deepEqual(Object.values(verdict.statuses).sort(), ["opened", "opened", "revoked"]);
    assert.equal(verdict.bodies, "checked");
    const without = verifyOpening(JSON.stringify(opening));
    assert.ok(without.ok && without.bodies === "unchecked");
  });

  test(`suite ${suite}: a flipped byte of any body is E_ROOT, a cut or longer one E_SIZE`, () => {
    const { opening, bodies, bids } = made[suite];
    const text = JSON.stringify(opening);
    const [bid] = bids.filter(({ header }) => header.bidderId === "B-1");
    assert.ok(bid);
    const withBody = (body: Uint8Array) => verifyOpening(text, (digest) => (digest === bid.bidDigest ? body : bodies.get(digest)));
    fc.assert(
      fc.property(fc.nat(bid.body.length - 1), (offset) => {
        const body = bid.body.slice();
        body[offset]! ^= 1;
        assert.deepEqual(withBody(body), { ok: false, code: "E_ROOT" });
      }),
      { numRuns: 3 },
    );
    assert.deepEqual(withBody(bid.body.subarray(1)), { ok: false, code: "E_SIZE" });
    assert.deepEqual(withBody(concat(bid.body, Uint8Array.of(0))), { ok: false, code: "E_SIZE" });
  });
}

// Places in the log are proven by evidence bundles, so only their order is judged here.
test("any changed character outside the log places is found", () => {
  const { opening, bodies } = made[1];
  const text = JSON.stringify(opening);
  const places = [...text.matchAll(/"log":\{[^}]*\}/g)].map(({ index, 0: found }) => [index, index + found.length] as const);
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "9", "a", "x", '"', " "), (at, character) => {
      fc.pre(text[at] !== character && !places.some(([from, to]) => at >= from && at < to));
      const changed = text.slice(0, at) + character + text.slice(at + 1);
      const verdict = verifyOpening(changed, (digest) => bodies.get(digest));
      assert.ok(!verdict.ok, `character ${at} became ${character}: ${changed.slice(at - 40, at + 20)}`);
    }),
    { numRuns: 60 },
  );
});

test("one member alone opens nothing", async () => {
  const { opening, bodies } = await rehearseOpening({ suite: 1, bidders: bidders.slice(0, 1), members: [2] }, seededRandom("one member"));
  const verdict = verifyOpening(JSON.stringify(opening), (digest) => bodies.get(digest));
  assert.ok(verdict.ok);
  assert.deepEqual(Object.values(verdict.statuses), ["unopened"]);
});

test("a lot without bids verifies", async () => {
  const { opening } = await rehearseOpening({ suite: 1, bidders: [] }, seededRandom("none"));
  assert.deepEqual(verifyOpening(JSON.stringify(opening)), { ok: true, bids: 0, statuses: {}, bodies: "checked" });
});

test("what the verifier computes itself agrees with what the platform computes", () => {
  for (const length of [0, 1, 55, 56, 64, 5000]) {
    const [data, key, nonce, aad] = [randomBytes(length), randomBytes(32), randomBytes(12), utf8("aad")] as const;
    assert.equal(hex(sm3OfScript(data)), hex(sm3(data)));
    assert.equal(hex(sm4CounterOfScript(key.subarray(0, 16), nonce, data)), hex(sm4Counter(key.subarray(0, 16), nonce, data)));
    assert.equal(hex(gcm(key, nonce, aad).encrypt(data)), hex(findAlgorithms(1)!.seal({ key, nonce, aad, data })));
  }
});
