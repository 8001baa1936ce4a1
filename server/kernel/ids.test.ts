import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../formats/bytes.ts";
import { isId, newId, newSealedId, partyId } from "./ids.ts";
import { seededRandom } from "./random.ts";

test("ids sort by their time", () => {
  const random = seededRandom(1);
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 47 }), fc.nat({ max: 2 ** 47 }), (a, b) => {
      const [first, second] = [newId("lot", a, random), newId("lot", b, random)];
      assert.ok(isId("lot", first));
      if (a !== b) assert.equal(first < second, a < b);
    }),
  );
});

test("a sealed id says nothing about time and uses all 130 bits", () => {
  const random = seededRandom(2);
  const firsts = new Set(Array.from({ length: 400 }, () => newSealedId("bid", random)[4]));
  assert.equal(firsts.size, 32);
  assert.notEqual(newSealedId("bid", random), newSealedId("bid", random));
});

test("one organisation has another name in every lot, and always the same in one", () => {
  const organisation = newId("org", 1, seededRandom(3));
  assert.equal(partyId(utf8("lot one"), organisation), partyId(utf8("lot one"), organisation));
  assert.notEqual(partyId(utf8("lot one"), organisation), partyId(utf8("lot two"), organisation));
  assert.ok(isId("pty", partyId(utf8("lot one"), organisation)));
});

test("what is no id is told", () => {
  const id = newId("lot", 1, seededRandom(4));
  for (const text of ["", "lot_", id.slice(1), `${id}0`, id.replace("lot", "trx"), `lot_${"I".repeat(26)}`, id.toLowerCase()])
    assert.equal(isId("lot", text), false, text);
  assert.throws(() => newId("lot", 2 ** 48, seededRandom(4)), RangeError);
  assert.throws(() => newId("lot", -1, seededRandom(4)), RangeError);
});

test("a known id, so that nobody changes the alphabet unseen", () => {
  assert.equal(newId("lot", 0x0123456789ab, { bytes: (length) => new Uint8Array(length).fill(0xff) }), "lot_014D2PF2DBZZZZZZZZZZZZZZZZ");
});
