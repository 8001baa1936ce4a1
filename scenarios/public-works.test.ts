/** Three real tenders, golden: the real winners are awarded, what is out of the ordinary is listed, every trade proves itself. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { verifyPackage } from "../verifier/package/index.ts";
import { FileFault } from "./public-works/file-fault.ts";
import { runPublicWorks } from "./public-works/run.ts";

const folder = mkdtempSync(join(tmpdir(), "egret-replay-"));
const out = join(folder, "replay");
const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../.egret");
const wish = { limit: 3, seed: 1, level: "audit", out, home, say: () => undefined } as const;

before(async () => {
  await runPublicWorks({ ...wish, file: join(import.meta.dirname, "public-works/data/four-tenders.csv") });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string) => JSON.parse(readFileSync(join(out, path), "utf8"));

test("the platform awards the real winners", () => {
  const { replayed, winnersAgree, trades } = read("summary.json");
  assert.deepEqual([replayed, winnersAgree], [3, 3]);
  assert.deepEqual(trades, [
    { tender: "PW012", winner: "B114", realWinner: "B114", agree: true, dir: "trades/PW012" },
    { tender: "PW020", winner: "B120", realWinner: "B120", agree: true, dir: "trades/PW020" },
    { tender: "PW131", winner: "B296", realWinner: "B296", agree: true, dir: "trades/PW131" },
  ]);
});

test("a second row of a bidder and equal prices are listed", () => {
  const { anomalies } = read("summary.json");
  assert.deepEqual(
    anomalies.map(({ tender, kind, parties }: { tender: string; kind: string; parties: string[] }) => [tender, kind, parties]),
    [
      ["PW020", "secondRow", ["B120", "B120#2"]],
      ["PW020", "equalPrices", ["B119", "B256"]],
      ["PW131", "equalPrices", ["B296", "B335"]],
    ],
  );
});

test("each trade was sealed, opened, drawn for and archived, and has no papers", () => {
  for (const tender of ["PW012", "PW020", "PW131"]) {
    const files = readdirSync(join(out, "trades", tender));
    assert.deepEqual(files.sort(), ["archive", "draw", "manifest.json", "record.jsonl", "seal", "summary.json"]);
    const { steps, bidsReceived, bidsOpened } = read(`trades/${tender}/summary.json`);
    assert.equal(bidsReceived, bidsOpened);
    assert.deepEqual([steps[0].step, steps.at(-1).step], ["catalogue.admit", "archive.close"]);
    assert.equal(
      steps.some(({ step }: { step: string }) => step.startsWith("deposit.")),
      false,
    );
  }
});

test("the folder and every trade in it prove themselves; a winner changed in the summary does not", () => {
  const verdict = verifyPackage(out);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(
    verdict.packages[0]?.inner.map(({ dir, openings, bags }) => [dir, openings.length, bags]),
    [
      ["trades/PW012", 1, 1],
      ["trades/PW020", 1, 1],
      ["trades/PW131", 1, 1],
    ],
  );
  const path = join(out, "summary.json");
  const summary = readFileSync(path, "utf8");
  writeFileSync(path, summary.replace('"winner": "B114"', '"winner": "B344"'));
  assert.equal(verifyPackage(out).ok, false);
  writeFileSync(path, summary);
});

test("a file that cannot be used leaves nothing behind", async () => {
  const file = join(folder, "wrong.csv");
  writeFileSync(file, "tender,bidder\nT1,B1\n");
  await assert.rejects(runPublicWorks({ ...wish, file, out: join(folder, "never") }), FileFault);
  await assert.rejects(runPublicWorks({ ...wish, file: join(folder, "missing.csv"), out: join(folder, "never") }), FileFault);
  assert.deepEqual(readdirSync(folder).sort(), ["replay", "wrong.csv"]);
});
