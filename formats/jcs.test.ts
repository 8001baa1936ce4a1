import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf, jcsText } from "./jcs.ts";

test("members are sorted by UTF-16 code units, strings escaped as RFC 8785 says", () => {
  assert.equal(jcsText({ b: 1, a: [true, null, "é\n\u0001\u2028"], "€": 0 }), '{"a":[true,null,"é\\n\\u0001\u2028"],"b":1,"€":0}');
});

test("what is no I-JSON integer is refused", () => {
  for (const value of [1.5, 2 ** 53, -0, Number.NaN]) assert.throws(() => jcsText({ value }), TypeError);
  assert.throws(() => jcsText({ value: 1n }), TypeError);
});

test("a digest does not depend on the order of members", () => {
  assert.equal(digestOf({ a: 1, b: 2 }), digestOf({ b: 2, a: 1 }));
});
