/** The first whole trade, golden: the same seed gives the same draw, scores and winner; its package proves itself, and nothing changed in it does. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { passingKeys } from "../server/app/platform-keys.ts";
import { writeManifest } from "../server/evidence/index.ts";
import { seededRandom } from "../server/kernel/index.ts";
import { runVerifier } from "../verifier/cli.ts";
import { evidenceFor } from "../verifier/evidence/test-log.ts";
import { verifyPackage } from "../verifier/package/index.ts";
import expected from "./construction-open/expected.json" with { type: "json" };
import { runConstructionOpen } from "./construction-open/run.ts";

const folder = mkdtempSync(join(tmpdir(), "egret-golden-"));
const out = join(folder, "audit");

before(async () => {
  await runConstructionOpen({
    seed: 1,
    level: "audit",
    out,
    home: process.env.EGRET_HOME ?? join(import.meta.dirname, "../.egret"),
    say: () => undefined,
  });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(out, path), "utf8");

test("five bids came, four opened, and the golden winner won", () => {
  const { winner, bidsReceived, bidsOpened, steps } = JSON.parse(read("summary.json"));
  const { bidderId: _, ...known } = winner;
  assert.deepEqual(
    { winner: known, bidsReceived, bidsOpened },
    { winner: expected.winner, bidsReceived: expected.bidsReceived, bidsOpened: expected.bidsOpened },
  );
  assert.deepEqual(
    steps.map((step: { step: string; outcome: string }) => [step.step, step.outcome]),
    expected.steps,
  );
});

test("the coefficient and the scores are golden", () => {
  const draws = readdirSync(join(out, "draw")).map((file) => JSON.parse(read(`draw/${file}`)).result);
  const drawn = draws.find((result) => "coefficients" in result).coefficients;
  assert.deepEqual(Object.fromEntries(drawn.map(({ id, value }: { id: string; value: string }) => [id, value])), expected.coefficient);
  const published = read("record.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .find(({ type }) => type === "awd.candidatesPublished");
  const candidates = published.data.candidates.map(({ rank, name, priceFen, score }: Record<string, unknown>) => ({
    rank,
    name,
    priceFen,
    score,
  }));
  assert.deepEqual(candidates, expected.candidates);
});

test("the package proves itself from its files alone, scores included", () => {
  const verdict = verifyPackage(out);
  assert.ok(verdict.ok);
  const [evaluation] = verdict.packages[0]?.evaluations ?? [];
  assert.deepEqual([evaluation?.bids, evaluation?.seats, evaluation?.sheets], [4, 5, "checked"]);
});

function verified(...words: string[]): { code: number; said: string } {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  return { code: runVerifier(words, { out: print, err: print }), said: lines.join("\n") };
}

test("every event that it shows was logged, witnessed by three of four at least, and anchored on the test chain", () => {
  const policy = join(folder, "policy.json");
  cpSync(join(out, "evidence/policy.json"), policy);
  const { code, said } = verified(out, "--policy", policy);
  assert.equal(code, 0, said);
  assert.match(said, /witnesses: (?:[a-z]+\.localhost\/w[1-4](?:, )?){3,4}\n/);
  assert.match(said, /anchor unconfirmed\nok$/);
  assert.doesNotMatch(said, /policy {4}/);
  assert.match(verified(out).said, /policy {4}the package's own, not independently trusted/);
  const { items } = JSON.parse(read("evidence/001.bundle.json"));
  const sealed = items.filter((item: { entry: { type: string } }) => item.entry.type === "sealed.event");
  assert.ok(sealed.length >= 6 && sealed.every((item: { disclosure?: object }) => item.disclosure), "the sealed acts of the trade too");
});

test("evidence made anew under keys of one's own holds for its own policy and not for the reader's", async () => {
  const copy = join(folder, "rewritten");
  cpSync(out, copy, { recursive: true });
  const lines = read("record.jsonl").trim().split("\n");
  const { policy, bundle } = await evidenceFor(lines.map((line) => JSON.parse(line)));
  writeFileSync(join(copy, "evidence/policy.json"), JSON.stringify(policy));
  writeFileSync(join(copy, "evidence/001.bundle.json"), JSON.stringify(bundle));
  await writeManifest(copy, { keys: passingKeys(seededRandom(1).fork("platform keys")).keys });
  assert.equal(verified(copy).code, 0);
  const judged = verified(copy, "--policy", join(out, "evidence/policy.json"));
  assert.equal(judged.code, 1);
  assert.match(judged.said, /E_ORIGIN/);
});

test("one byte changed in any file, a file added or removed, and it does not", async () => {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  assert.ok(files.length > 30);
  for (const file of files) {
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1] = (changed[bytes.length >> 1] as number) ^ 1;
    writeFileSync(file, changed);
    assert.equal((await verifyPackage(out)).ok, false, file);
    rmSync(file);
    assert.equal((await verifyPackage(out)).ok, false, `${file} removed`);
    writeFileSync(file, bytes);
  }
  writeFileSync(join(out, "one-more.txt"), "");
  assert.equal((await verifyPackage(out)).ok, false);
  rmSync(join(out, "one-more.txt"));
  const verdict = verifyPackage(out);
  assert.ok(verdict.ok);
  const [evaluation] = verdict.packages[0]?.evaluations ?? [];
  assert.deepEqual([evaluation?.bids, evaluation?.seats, evaluation?.sheets], [4, 5, "checked"]);
});
