import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../source-files.ts";
import { deadCodeFindings, runChecks, styleFindings, typeFindings } from "./checks.ts";

const planted = (name: string) => join(import.meta.dirname, "planted", name);

test("a planted breach is seen: types", async () => {
  assert.match((await typeFindings(planted("types"))).join("\n"), /wrong\.ts\(1,14\): error TS2322/);
});

test("a planted breach is seen: dead code", async () => {
  const findings = (await deadCodeFindings(planted("dead-code"))).join("\n");
  assert.match(findings, /orphan\.ts/);
  assert.match(findings, /forgotten/);
});

test("a planted breach is seen: style", async () => {
  // Planted files are outside the style check of the project; a copy beside its settings is inside.
  const folder = mkdtempSync(join(tmpdir(), "egret-style-"));
  cpSync(planted("style"), folder, { recursive: true });
  cpSync(join(ROOT, "biome.json"), join(folder, "biome.json"));
  const findings = (await styleFindings(false, folder)).join("\n");
  rmSync(folder, { recursive: true });
  assert.match(findings, /noExplicitAny/);
  assert.match(findings, /noDoubleEquals/);
});

test("a check that finds something and a check that breaks are counted as failed", async () => {
  const list = [
    { name: "sound", run: async () => [] },
    { name: "finds something (meant to)", run: async () => ["a finding"] },
    { name: "breaks (meant to)", run: () => Promise.reject(new Error("cannot read")) },
  ];
  assert.deepEqual(await runChecks(false, list), { passed: 1, failed: 2 });
});
