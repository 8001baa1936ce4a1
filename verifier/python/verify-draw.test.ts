import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { aDraw } from "../draw/test-draw.ts";

type Case = { id: string; input: { record?: { plan?: { recovery?: unknown } } }; expect: unknown };

const program = fileURLToPath(new URL("verify_draw.py", import.meta.url));
const vectors = fileURLToPath(new URL("../../formats/vectors/draw-v1.json", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;
// -B: the folder of a program that proves something is not written to.
const run = (...words: string[]) => spawnSync("python3", ["-B", program, ...words], { encoding: "utf8" });

test("the second verifier agrees with every vector of draw-v1, and calls recovery unsupported, never ok", (t) => {
  if (!hasPython) return t.skip("NOT RUN: there is no python3 on this machine");
  const { stdout, stderr } = run("--vectors", vectors);
  const got = new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => [JSON.parse(line).id, JSON.parse(line).got] as const),
  );
  const { cases } = JSON.parse(readFileSync(vectors, "utf8")) as { cases: Case[] };
  assert.equal(got.size, cases.length, stderr);
  for (const { id, input, expect } of cases) {
    const isRecovery = (input.record?.plan?.recovery ?? null) !== null;
    assert.deepEqual(got.get(id), isRecovery ? { unsupported: "a plan with recovery" } : expect, id);
  }
});

test("one record: ok, its code, unsupported and a wrong word have an exit code each", (t) => {
  if (!hasPython) return t.skip("NOT RUN: there is no python3 on this machine");
  const home = mkdtempSync(join(tmpdir(), "egret-python-"));
  const of = (text: string) => {
    writeFileSync(join(home, "draw.json"), text);
    const { status, stdout } = run(join(home, "draw.json"));
    return [status, stdout.trim().split("\n").at(-1)];
  };
  assert.deepEqual(of(JSON.stringify(aDraw({ kind: "coefficient" }))), [0, "ok"]);
  assert.deepEqual(of(JSON.stringify(aDraw({ mode: "beacon" }))), [0, "ok"]);
  assert.deepEqual(of(JSON.stringify({ ...aDraw(), planHash: "00".repeat(32) })), [1, "E_PLAN_HASH"]);
  assert.deepEqual(of(JSON.stringify(aDraw({ mode: "always" }))), [3, "unsupported: a plan with recovery"]);
  for (const text of ["{} {}", "", "[1.0]", '{"a":1,"a":1}', '"\\ud800"', "-0", "9007199254740992", "[".repeat(5000)]) {
    assert.deepEqual(of(text), [1, "E_JSON"], text.slice(0, 20));
  }
  rmSync(home, { recursive: true });
  assert.equal(run(join(home, "absent")).status, 2);
  assert.equal(run().status, 2);
});
