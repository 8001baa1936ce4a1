import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  compare,
  decimal,
  decimalText,
  dividedBy,
  exact,
  exactText,
  meanOf,
  minus,
  parseExact,
  percent,
  plus,
  roundHalfUp,
  times,
} from "./exact.ts";

const anExact = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 6n)).map(([n, d]) => exact(n, d));

test("the laws of a field hold", () => {
  fc.assert(
    fc.property(anExact, anExact, anExact, (a, b, c) => {
      assert.deepEqual(times(a, plus(b, c)), plus(times(a, b), times(a, c)));
      assert.deepEqual(minus(plus(a, b), b), a);
      if (b.numerator !== 0n) assert.deepEqual(times(dividedBy(a, b), b), a);
      assert.deepEqual(parseExact(exactText(a)), a);
    }),
  );
});

test("rounding is half away from zero, at the digit that was asked for", () => {
  assert.equal(decimalText(decimal("2.345"), 2), "2.35");
  assert.equal(decimalText(decimal("-2.345"), 2), "-2.35");
  assert.equal(decimalText(decimal("2.3449999"), 2), "2.34");
  assert.equal(decimalText(exact(1, 3), 0), "0");
  assert.equal(decimalText(exact(-1, 300), 2), "0.00");
  assert.deepEqual(roundHalfUp(decimal("0.125"), 2), decimal("0.13"));
});

test("percentages are exact", () => {
  assert.deepEqual(percent("4.0%"), exact(1, 25));
  assert.deepEqual(percent(0.5), exact(1, 200));
  assert.equal(compare(percent("3.2%"), exact(32, 1000)), 0);
});

test("what has no value is refused", () => {
  assert.throws(() => exact(1, 0), RangeError);
  assert.throws(() => meanOf([]), RangeError);
  for (const text of ["", "1.", ".1", "1e2", "1/2"]) assert.throws(() => decimal(text), RangeError, text);
});
