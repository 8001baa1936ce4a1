import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runVerifier } from "./cli.ts";
import { aDraw } from "./draw/test-draw.ts";
import { evidenceFor } from "./evidence/test-log.ts";
import { platformKey, put, recordLines, signPackage, writePackage } from "./package/test-package.ts";

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

test("a receipt is proven by the platform's key that the reader brings, and without one not at all", () => {
  const opening = JSON.parse(readFileSync(join(dir, "seal/opening.json"), "utf8"));
  const file = join(home, "receipt.json");
  writeFileSync(file, JSON.stringify(opening.bids[0].receipts[0]));
  assert.equal(run(file, "--trust", trust).code, 0);
  assert.equal(run(file).code, 2);
  assert.equal(run(join(dir, "seal/opening.json"), "--trust", trust).code, 2);
  writeFileSync(file, JSON.stringify({ ...opening.bids[0].receipts[0], version: 7 }));
  assert.match(run(file, "--trust", trust).out, /^E_RECEIPT_SIG /);
});

test("the vectors of evidence all agree", () => {
  assert.equal(run("--vectors", vectors("evidence-v1.json")).code, 0);
});

test("an evidence bundle is proven under the reader's policy, and without one not at all", () => {
  const cases = JSON.parse(readFileSync(vectors("evidence-v1.json"), "utf8")).cases as { id: string; input: Record<string, unknown> }[];
  const write = (name: string, id: string, member: string) => {
    const value = cases.find((vector) => vector.id === id)?.input[member];
    writeFileSync(join(home, name), typeof value === "string" ? value : JSON.stringify(value));
    return join(home, name);
  };
  const policy = write("policy.json", "bundle-full", "policy");
  const bundle = write("full.bundle.json", "bundle-full", "bundle");
  assert.match(run(bundle, "--policy", policy).out, /cosigned by notary.*anchor unconfirmed\nok$/);
  assert.deepEqual(JSON.parse(run(bundle, "--policy", policy, "--json").out).seqs, [3, 4, 22]);
  assert.equal(run(bundle).code, 2);
  assert.equal(run(bundle, "--policy", policy, "--trust", trust).code, 2);
  const spoiled = run(write("salt.bundle.json", "bundle-bad-salt", "bundle"), "--policy", policy);
  assert.equal(spoiled.code, 1);
  assert.match(spoiled.out, /^E_COMMITMENT /);
  const kept = write("kept.txt", "bundle-bad-trusted-larger", "trusted");
  assert.match(run(bundle, "--policy", policy, "--checkpoint", kept).out, /^E_ROLLBACK /);
  assert.equal(run(bundle, "--checkpoint", kept).code, 2);
});

test("a package is held against the witnessed log: its record must be the one that was witnessed", async () => {
  const logged = join(home, "with-evidence");
  mkdirSync(logged);
  await writePackage(logged);
  const { policy, bundle } = await evidenceFor(recordLines());
  const policyFile = join(home, "own-policy.json");
  writeFileSync(policyFile, JSON.stringify(policy));
  put(logged, "evidence/all.bundle.json", JSON.stringify(bundle));
  await signPackage(logged);
  assert.match(run(logged).out, /witnesses: none/);
  assert.match(run(logged, "--policy", policyFile).out, /witnesses: w1, w2\n(.*\n)*ok$/);
  assert.equal(run(logged, "--policy", trust).code, 1);

  // A folder written anew and signed anew: its record is not the one that the witnesses saw.
  const other = recordLines().map((line) => (line.position === 2 ? { ...line, commitment: "0".repeat(64) } : line));
  for (const [evidence, position] of [
    [await evidenceFor(other), 2] as const,
    [{ bundle: { ...bundle, items: bundle.items.slice(1) } }, 0] as const,
  ]) {
    put(logged, "evidence/all.bundle.json", JSON.stringify(evidence.bundle));
    await signPackage(logged);
    assert.equal(run(logged).code, 0);
    const { code, out } = run(logged, "--policy", policyFile);
    assert.equal(code, 1);
    assert.match(out, new RegExp(`E_RECORD_CHAIN {2}position ${position} `));
  }
});

test("what is not built is reported as unsupported and never counts as agreed", () => {
  const file = join(home, "vectors.json");
  writeFileSync(
    file,
    JSON.stringify({ spec: "evidence-v9", cases: [{ id: "a", kind: "leaf", input: {}, expect: { unanswered: "unsupported" } }] }),
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
