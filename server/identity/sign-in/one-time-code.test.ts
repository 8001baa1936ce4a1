/** Codes by the vectors of RFC 6238, weak passwords, and how fast guessing gets slow. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isWeakPassword } from "./common-passwords.ts";
import { waitAfter } from "./failures.ts";
import { base32, codeAt, stepOfCode } from "./one-time-code.ts";

const secret = Buffer.from("12345678901234567890");

test("codes are those of RFC 6238 appendix B (last six of eight digits)", () => {
  for (const [seconds, code] of [
    [59, "287082"],
    [1111111109, "081804"],
    [1234567890, "005924"],
    [20000000000, "353130"],
  ] as const)
    assert.equal(codeAt(secret, Math.floor(seconds / 30)), code);
  assert.equal(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
});

test("a code is good for its step and its neighbours, and never again", () => {
  const at = (machineNow: number, lastStep = 0) => stepOfCode(secret, codeAt(secret, 100), { machineNow, lastStep });
  assert.deepEqual(
    [at(98 * 30_000), at(99 * 30_000), at(100 * 30_000), at(101 * 30_000), at(102 * 30_000)],
    [undefined, 100, 100, 100, undefined],
  );
  assert.equal(at(100 * 30_000, 100), undefined);
  assert.equal(stepOfCode(secret, "28708", { machineNow: 0, lastStep: 0 }), undefined);
});

test("five tries are free in a quarter of an hour, then each waits twice as long", () => {
  const tries = (count: number) => Array.from({ length: count }, (_, i) => 1_000_000 + i);
  assert.equal(waitAfter(tries(4), 1_000_010), 0);
  assert.equal(waitAfter(tries(5), 1_000_004), 30_000);
  assert.equal(waitAfter(tries(6), 1_000_005), 60_000);
  assert.equal(waitAfter(tries(7), 1_000_006), 120_000);
  assert.equal(waitAfter(tries(50), 1_000_000 + 16 * 60_000), 0);
});

test("a password made of common words or of the login is weak", () => {
  for (const weak of ["short1!", "password123456", "qwerty12345678", "chen.xiaolin12", "aaaaaaaaaaaaaa"])
    assert.ok(isWeakPassword(weak, "chen.xiaolin"), weak);
  assert.equal(isWeakPassword("green-heron-at-the-quay", "chen.xiaolin"), false);
});
