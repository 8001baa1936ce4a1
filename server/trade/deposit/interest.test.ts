import assert from "node:assert/strict";
import { test } from "node:test";
import { instantAt, instantText } from "../../kernel/index.ts";
import { interestFen, interestUntil } from "./interest.ts";

test("800,000 yuan for 24 days at 0.2 % a year are 106.67 yuan (实施条例 第五十七条)", () => {
  assert.equal(interestFen(80_000_000n, 2_000, 24), 10_667n);
});

test("the day of credit counts, the day of payment does not; no days, no interest", () => {
  const valueAt = instantText(instantAt("2026-12-01", "23:59"));
  assert.equal(interestUntil(instantAt("2026-12-25", "00:01"), { principalFen: 80_000_000n, valueAt }), 10_667n);
  assert.equal(interestUntil(instantAt("2026-12-01", "23:59"), { principalFen: 80_000_000n, valueAt }), 0n);
});

test("half a fen is rounded up", () => {
  assert.equal(interestFen(90_000n, 2_000, 1), 1n);
  assert.equal(interestFen(89_999n, 2_000, 1), 0n);
});
