import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { aDraw } from "../../../verifier/draw/test-draw.ts";
import { evidenceFor } from "../../../verifier/evidence/test-log.ts";
import { filesOf, platformKey, put, recordLines, signPackage, writePackage } from "../../../verifier/package/test-package.ts";
import { verify as words } from "../../words/zh-CN/verify.ts";
import { judge } from "./judge.ts";
import type { Judgement } from "./judgement.ts";
import { ownHands } from "./own-hands.ts";
import { zipOf } from "./test-zip.ts";

const home = mkdtempSync(join(tmpdir(), "egret-judge-"));
before(() => writePackage(home));
after(() => rmSync(home, { recursive: true }));

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const judgeOne = (value: unknown) => judge(new Map([["file.json", bytesOf(value)]]));
const packageFiles = (prefix = "") => new Map(filesOf(home).map((path) => [prefix + path, new Uint8Array(readFileSync(join(home, path)))]));
const trust = bytesOf({ format: "egret-trust/v1", platformKeys: [platformKey] });
const states = ({ checks }: Judgement) => Object.fromEntries(checks.map(({ name, state, code }) => [name, code ?? state]));

/** Whatever the page may be told has words: an unknown key would show as a program's word. */
function hasWords({ checks, kind, verdict, log }: Judgement): void {
  const known = new Set(Object.keys(words));
  for (const { name, state } of checks) {
    assert.ok(known.has(`verify.check.${name}`), name);
    if (state === "holds") assert.ok(known.has(`verify.check.${name}.text`), `${name}.text`);
    if (state === "absent") assert.ok(known.has(`verify.check.${name}.absent`), `${name}.absent`);
  }
  if (kind !== "unknown" && verdict !== "refused") assert.ok(known.has(`verify.${verdict}.${kind}`), `${verdict}.${kind}`);
  assert.ok(known.has(`verify.log.${log.source}Text`));
}

test("a draw is told in five checks; a beacon that was not used is said, not ticked", async () => {
  const plain = await judgeOne(aDraw({ kind: "coefficient" }));
  hasWords(plain);
  assert.equal(plain.verdict, "passed");
  assert.equal(states(plain)["draw.beacon"], "absent");
  assert.match(String(plain.figures.outcome), /^\S+ = \S+/);
  assert.equal(plain.log.source, "none");
  const beacon = await judgeOne(aDraw({ mode: "beacon" }));
  hasWords(beacon);
  assert.deepEqual(new Set(Object.values(states(beacon))), new Set(["holds"]));
  const recovered = await judgeOne(aDraw({ mode: "always" }));
  hasWords(recovered);
  assert.equal(states(recovered)["draw.recovered"], "holds");
});

test("a tampered draw stops at its check: before it all held, after it nothing was looked at", async () => {
  const judged = await judgeOne({ ...aDraw({ kind: "coefficient" }), result: { seed: "00".repeat(32) } });
  hasWords(judged);
  assert.equal(judged.verdict, "refused");
  assert.deepEqual(states(judged), {
    "draw.list": "holds",
    "draw.shares": "holds",
    "draw.beacon": "holds",
    "draw.order": "holds",
    "draw.result": "E_SEED",
  });
  assert.deepEqual(states(await judgeOne({ ...aDraw(), planHash: "00".repeat(32) }))["draw.shares"], "unreached");
});

test("a package holds as files, as a folder and as a zip, and says what no witness has seen", async () => {
  const zip = zipOf([...packageFiles("record/")].map(([path, bytes]) => ({ path, bytes })));
  for (const files of [packageFiles(), packageFiles("some/folder/"), new Map([["record.zip", zip]])]) {
    const judged = await judge(files);
    hasWords(judged);
    assert.equal(judged.verdict, "passed", JSON.stringify(judged));
    assert.equal(judged.key?.isTrusted, false);
    assert.equal(states(judged)["package.log"], "absent");
  }
});

test("a changed file of a package is refused and named; a key from elsewhere is used", async () => {
  const spoiled = packageFiles();
  spoiled.set("summary.json", bytesOf({}));
  const judged = await judge(spoiled);
  hasWords(judged);
  const [files] = judged.checks;
  assert.deepEqual([judged.verdict, files?.code, files?.where], ["refused", "E_PACKAGE", "summary.json"]);
  const trusted = await judge(new Map([...packageFiles("folder/"), ["trust.json", trust]]));
  assert.equal(trusted.key?.isTrusted, true);
});

test("opening and ceremony are proven; a receipt needs the platform's key from elsewhere", async () => {
  const opening = JSON.parse(readFileSync(join(home, "seal/opening.json"), "utf8"));
  for (const value of [opening, opening.ceremony]) {
    const judged = await judgeOne(value);
    hasWords(judged);
    assert.equal(judged.verdict, "passed");
  }
  const receipt = opening.bids[0].receipts[0];
  const alone = await judgeOne(receipt);
  hasWords(alone);
  assert.equal(alone.verdict, "undecided");
  const proven = await judge(
    new Map([
      ["receipt.json", bytesOf(receipt)],
      ["trust.json", trust],
    ]),
  );
  hasWords(proven);
  assert.equal(proven.verdict, "passed");
  const false_ = await judge(
    new Map([
      ["receipt.json", bytesOf({ ...receipt, version: 9 })],
      ["trust.json", trust],
    ]),
  );
  assert.equal(states(false_)["receipt.signature"], "E_RECEIPT_SIG");
});

test("bundles are believed by the reader's policy; the package's own is called its own", async () => {
  const { policy, bundle } = await evidenceFor(recordLines());
  assert.equal((await judgeOne(bundle)).verdict, "undecided");
  const under = await judge(
    new Map([
      ["a.bundle.json", bytesOf(bundle)],
      ["policy.json", bytesOf(policy)],
    ]),
  );
  hasWords(under);
  assert.deepEqual([under.verdict, under.log.source, under.log.witnesses], ["passed", "reader", ["w1", "w2"]]);
  put(home, "evidence/all.bundle.json", JSON.stringify(bundle));
  put(home, "evidence/policy.json", JSON.stringify(policy));
  await signPackage(home);
  const own = await judge(packageFiles());
  hasWords(own);
  assert.deepEqual([own.verdict, own.log.source, own.log.anchor], ["passed", "own", "none"]);
  const other = await evidenceFor(recordLines().map((line) => ({ ...line, commitment: "0".repeat(64) })));
  const against = await judge(new Map([...packageFiles("folder/"), ["policy.json", bytesOf(other.policy)]]));
  hasWords(against);
  put(home, "evidence/all.bundle.json", JSON.stringify(other.bundle));
  put(home, "evidence/policy.json", JSON.stringify(other.policy));
  await signPackage(home);
  const rewritten = await judge(packageFiles());
  assert.deepEqual([rewritten.verdict, states(rewritten)["package.log"]], ["refused", "E_RECORD_CHAIN"]);
});

test("what the page does not know proves nothing", async () => {
  for (const bytes of [bytesOf({}), bytesOf({ format: "other/v1" }), new TextEncoder().encode("{"), new Uint8Array(0)]) {
    assert.equal((await judge(new Map([["x", bytes]]))).verdict, "undecided");
  }
});

test("the lines of Python on the page give the published result", (t) => {
  if (spawnSync("python3", ["--version"]).status !== 0) return t.skip("NOT RUN: there is no python3 on this machine");
  const vectors = JSON.parse(readFileSync(fileURLToPath(new URL("../../../formats/vectors/draw-v1.json", import.meta.url)), "utf8"));
  const cases = (
    vectors.cases as {
      kind: string;
      input: { record?: { plan: { kind: string }; result: { coefficients: { id: string; value: string }[] } } };
      expect: { ok?: true };
    }[]
  ).flatMap(({ kind, input: { record }, expect }) =>
    kind === "record" && expect.ok && record?.plan.kind === "coefficient" ? [record] : [],
  );
  assert.ok(cases.length > 0);
  for (const record of cases) {
    writeFileSync(join(home, "proof.json"), JSON.stringify(record));
    const { stdout, stderr } = spawnSync("python3", ["-c", ownHands], { cwd: home, encoding: "utf8" });
    assert.equal(stdout, record.result.coefficients.map(({ id, value }) => `${id} ${value}\n`).join(""), stderr);
  }
});
