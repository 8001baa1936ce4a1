/** The environment is read once, and what cannot be used is refused in one sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "./config.ts";

test("crash points are armed in a sandbox only, and only those that exist", () => {
  assert.deepEqual(readConfig({ EGRET_CRASH_AT: "CP03.decided:2" }).crashAt, { name: "CP03.decided", passing: 2 });
  assert.equal(readConfig({}).crashAt, undefined);
  assert.throws(() => readConfig({ EGRET_CRASH_AT: "CP03.decided", EGRET_MODE: "production" }), /sandbox/);
  assert.throws(() => readConfig({ EGRET_CRASH_AT: "CP99.nowhere" }), /EGRET_CRASH_AT/);
});

test("mode and port are refused when they mean nothing", () => {
  assert.throws(() => readConfig({ EGRET_MODE: "test" }), /EGRET_MODE/);
  for (const port of ["-1", "65536", "x", "1.5"]) assert.throws(() => readConfig({ PORT: port }), /PORT/);
  assert.equal(readConfig({ PORT: "0" }).port, 0);
});
