import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText, deadlineText, evidenceText, momentText, restText, withReadableTimes } from "./time.ts";

test("an instant is read in Shanghai time", () => {
  assert.equal(clockText("2026-11-23T01:47:12.000Z"), "09:47:12");
  assert.equal(evidenceText("2026-11-25T00:41:07.512Z"), "2026-11-25 08:41:07.512");
  assert.equal(deadlineText("2026-12-08T01:00:00.000Z"), "12-08 周二 09:00");
});

test("the end of a day is 24:00 of that day, never 00:00 of the next", () => {
  assert.equal(momentText("2026-11-26T16:00:00.000Z"), "11-26 24:00");
  assert.equal(deadlineText("2026-11-26T16:00:00.000Z"), "11-26 周四 24:00");
});

test("instants inside a sentence of the server become readable", () => {
  assert.equal(withReadableTimes("截止于 2026-12-08T01:00:00.000Z。"), "截止于 12-08 周二 09:00。");
});

test("the rest of time changes its units at 48 hours and at 1 hour", () => {
  assert.equal(restText(48 * 3_600_000), "2 天 0 时");
  assert.equal(restText(48 * 3_600_000 - 1), "47 时 59 分");
  assert.equal(restText(3_600_000 - 1), "59:59");
  assert.equal(restText(-5), "00:00");
});
