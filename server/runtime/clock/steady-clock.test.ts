import assert from "node:assert/strict";
import { test } from "node:test";
import { SteadyClock } from "./steady-clock.ts";

test("steps of the machine's clock, back and forth, are not followed; slow corrections are", () => {
  let wall = 1_000_000;
  let elapsed = 0;
  const clock = new SteadyClock({ now: () => wall }, () => elapsed);
  const pass = (ms: number, wallMs = ms) => {
    wall += wallMs;
    elapsed += ms;
    return clock.now();
  };
  assert.equal(pass(1000), 1_001_000);
  assert.equal(pass(1000, 1000 + 3_600_000), 1_002_000);
  assert.equal(pass(1000, 1000 - 7_200_000), 1_003_000);
  assert.equal(pass(1000, 1100), 1_004_100);
  assert.equal(pass(0, -100), 1_004_100, "never back");
});
