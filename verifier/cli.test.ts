import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runVerifier } from "./cli.ts";
import { aDraw } from "./draw/test-draw.ts";
import { platformKey, put, writePackage } from "./package/test-package.ts";

const home = mkdtempSync(join(tmpdir(), "egret-verify-"));
const dir = join(home, "package");
const trust = join(home, "trust.json");
const vectors = (name: string) => fileURLToPath(new URL(`../formats/vectors/${name}`, import.meta.url));

before(async () => {
  mkdirSync(dir);
  await writePackage(dir);
  writeFileSync(trust, JSON.stringify({ format: "egret-trust/v1", platformKeys: [platformKey] }));
});
after(() => rmSync(home, { recursive: true }));

function run(...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = runVerifier(words, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n"), lines: out };
}

test("a good package exits 0 and says that it is not independently trusted, and that no witness spoke", () => {
  const { code, out } = run(dir);
  assert.equal(code, 0);
  assert.match(out, /not independently trusted/);
  assert.match(out, /fingerprint sha256:[0-9a-f]{64}/);
  assert.match(out, /witnesses: none/);
  assert.match(out, /\nok$/);
});

test("with a trust file the key is known; with another one it is refused", () => {
  assert.match(run(dir, "--trust", trust).out, /key is in the trust file/);
  const other = join(home, "other.txt");
  writeFileSync(other, `02${platformKey.slice(2, -2)}00\n`);
  const { code, out } = run(dir, "--trust", other);
  assert.equal(code, 1);
  assert.match(out, /^E_MANIFEST_SIG /);
});

test("a spoiled package exits 1 with its code, in lines and as JSON", () => {
  put(dir, "more.txt", "x");
  assert.match(run(dir).out, /^E_PACKAGE {2}more.txt/);
  const { code, out } = run(dir, "--json");
  assert.equal(code, 1);
  assert.equal(JSON.parse(out).code, "E_PACKAGE");
  rmSync(join(dir, "more.txt"));
  assert.equal(JSON.parse(run(dir, "--json").out).ok, true);
});

test("a single draw record is proven", () => {
  const file = join(home, "draw.json");
  writeFileSync(file, JSON.stringify(aDraw({ mode: "beacon" })));
  assert.equal(run(file).code, 0);
  assert.equal(JSON.parse(run(file, "--json").out).facts.mode, 1);
  writeFileSync(file, JSON.stringify({ ...aDraw(), planHash: "00".repeat(32) }));
  assert.match(run(file).out, /^E_PLAN_HASH /);
  writeFileSync(file, "{}");
  assert.match(run(file).out, /^E_FORMAT /);
  writeFileSync(file, "{} {}");
  assert.match(run(file).out, /^E_JSON /);
});

test("the vectors of draws all agree", () => {
  const { code, lines } = run("--vectors", vectors("draw-v1.json"));
  assert.equal(code, 0);
  assert.deepEqual(Object.keys(JSON.parse(lines[0] ?? "")), ["id", "ok", "got", "expected"]);
});

test("a single opening and a single ceremony are proven, without bodies", () => {
  const opening = run(join(dir, "seal/opening.json"), "--json");
  assert.equal(opening.code, 0);
  assert.equal(JSON.parse(opening.out).facts.bodies, "unchecked");
  assert.equal(run(join(dir, "seal/ceremony.json")).code, 0);
});

test("what is not built is reported as unsupported and never counts as agreed", () => {
  const file = join(home, "vectors.json");
  writeFileSync(
    file,
    JSON.stringify({ spec: "evidence-v1", cases: [{ id: "a", kind: "leaf", input: {}, expect: { unanswered: "unsupported" } }] }),
  );
  const { code, lines } = run("--vectors", file);
  assert.equal(code, 1);
  assert.deepEqual(JSON.parse(lines[0] ?? ""), {
    id: "a",
    ok: false,
    got: { unanswered: "unsupported" },
    expected: { unanswered: "unsupported" },
  });
});

test("one vector that disagrees makes the run fail", () => {
  const file = join(home, "wrong.json");
  const input = { n: "3", values: ["1"] };
  writeFileSync(
    file,
    JSON.stringify({ spec: "draw-v1", cases: [{ id: "a", kind: "uniformStream", input, expect: { ok: true, result: "2", consumed: 1 } }] }),
  );
  assert.equal(run("--vectors", file).code, 1);
});

test("what cannot be carried out exits 2 with a sentence", () => {
  for (const words of [
    [],
    [dir, dir],
    ["--nonsense"],
    [dir, "--trust"],
    ["--vectors", trust, dir],
    [dir, "--policy", trust],
    [join(home, "absent")],
    [dir, "--trust", vectors("draw-v1.json")],
    ["--vectors", trust],
  ]) {
    const { code, err } = run(...words);
    assert.equal(code, 2, words.join(" "));
    assert.notEqual(err, "");
  }
});
