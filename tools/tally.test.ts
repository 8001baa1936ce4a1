import assert from "node:assert/strict";
import { test } from "node:test";
import { journeyTally } from "./journeys/journeys.ts";
import { tallyOf } from "./unit-tests/unit-tests.ts";

const counts = { passed: 3, failed: 0, cancelled: 0, skipped: 0, todo: 0 };

test("unit tests: skipped, cancelled, none and a bad end are failures", () => {
  assert.deepEqual(tallyOf(0, JSON.stringify(counts)), { passed: 3, failed: 0 });
  assert.deepEqual(tallyOf(0, JSON.stringify({ ...counts, skipped: 1 })), { passed: 3, failed: 1 });
  assert.deepEqual(tallyOf(1, JSON.stringify({ ...counts, failed: 1, cancelled: 1 })), { passed: 3, failed: 2 });
  assert.deepEqual(tallyOf(0, JSON.stringify({ ...counts, passed: 0 })), { passed: 0, failed: 1 });
  assert.deepEqual(tallyOf(1, JSON.stringify(counts)), { passed: 3, failed: 1 });
  assert.deepEqual(tallyOf(0, ""), { passed: 0, failed: 1 });
});

test("journeys: flaky, skipped, none and a bad end are failures", () => {
  const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 0 };
  assert.deepEqual(journeyTally(0, JSON.stringify({ stats })), { passed: 2, failed: 0 });
  assert.deepEqual(journeyTally(0, JSON.stringify({ stats: { ...stats, flaky: 1 } })), { passed: 2, failed: 1 });
  assert.deepEqual(journeyTally(0, JSON.stringify({ stats: { ...stats, skipped: 1 } })), { passed: 2, failed: 1 });
  assert.deepEqual(journeyTally(1, JSON.stringify({ stats })), { passed: 2, failed: 1 });
  assert.deepEqual(journeyTally(0, ""), { passed: 0, failed: 1 });
});
