import assert from "node:assert/strict";
import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { concat, fromHex, hex, utf8 } from "../bytes.ts";
import { findPoint, findScalar } from "./group.ts";
import { seededRandom } from "./rehearsal.ts";
import { RunningSha256 } from "./running-sha-256.ts";
import { sm3 } from "./sm3.ts";
import { sm4Ctr } from "./sm4.ts";
import { suiteOf } from "./suite.ts";

test("SM3 gives the example of GB/T 32905 and agrees with OpenSSL around every block edge", () => {
  assert.equal(hex(sm3(utf8("abc"))), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const data = randomBytes(length);
    assert.equal(hex(sm3(data)), createHash("sm3").update(data).digest("hex"), `length ${length}`);
  }
});

test("SHA-256 piece by piece agrees with OpenSSL around every block edge", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 4096]) {
    const data = randomBytes(length);
    for (const step of [1, 37, 64, 5000]) {
      const hash = new RunningSha256();
      for (let at = 0; at < length; at += step) hash.update(data.subarray(at, at + step));
      assert.equal(hex(hash.digest()), createHash("sha256").update(data).digest("hex"), `length ${length} by ${step}`);
    }
  }
});

test("SM4-CTR agrees with OpenSSL for whole and broken blocks", () => {
  for (const length of [0, 1, 15, 16, 17, 4096, 5001]) {
    const [key, nonce, data] = [randomBytes(16), randomBytes(12), randomBytes(length)];
    const expected = createCipheriv("sm4-ctr", key, concat(nonce, new Uint8Array(4))).update(data);
    assert.equal(hex(sm4Ctr(key, nonce, data)), expected.toString("hex"));
  }
});

test("SM2 signs as the example of GB/T 32918.5 says", () => {
  const suite = suiteOf(2);
  const secret = 0x3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8n;
  const k = fromHex("59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21");
  const message = utf8("message digest");
  const signature = suite.sign(secret, message, () => k);
  assert.equal(
    hex(signature),
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
  );
  const key = suite.Point.BASE.multiply(secret);
  assert.ok(suite.verify(key, message, signature));
  assert.ok(!suite.verify(key, utf8("another"), signature));
});

for (const id of [1, 2] as const) {
  test(`suite ${id}: points and scalars out of range are refused`, () => {
    const suite = suiteOf(id);
    assert.equal(findPoint(suite, "00"), undefined);
    assert.equal(findPoint(suite, `02${"ff".repeat(32)}`), undefined, "x ≥ p");
    assert.equal(findPoint(suite, `04${"11".repeat(32)}`), undefined, "not compressed");
    assert.equal(findScalar(suite, suite.Point.Fn.ORDER.toString(16)), undefined, "n itself");
    assert.equal(findScalar(suite, "0".repeat(64)), 0n);
  });

  test(`suite ${id}: a changed tag, aad or nonce opens nothing`, async () => {
    const suite = suiteOf(id);
    const random = seededRandom("aead");
    const [key, nonce, aad, plaintext] = [random(32), random(12), random(20), random(100)].map((b) => new Uint8Array(b)) as [
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>,
    ];
    const sealed = suite.seal(key, nonce, aad, plaintext);
    const bulk = await suite.bulkKey(key);
    assert.equal(hex(await bulk.seal(nonce, aad, plaintext)), hex(sealed), "bulk and single are one cipher");
    assert.equal(hex(suite.open(key, nonce, aad, sealed)!), hex(plaintext));
    const broken = sealed.slice();
    broken[broken.length - 1]! ^= 1;
    assert.equal(suite.open(key, nonce, aad, broken), undefined);
    assert.equal(await bulk.open(nonce, aad, broken), undefined);
    assert.equal(suite.open(key, nonce, random(20), sealed), undefined);
    assert.equal(suite.open(key, random(12), aad, sealed), undefined);
    assert.equal(suite.open(key, nonce, aad, sealed.subarray(0, 5)), undefined);
  });
}
