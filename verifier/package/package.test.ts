import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sha256 } from "../../formats/jcs.ts";
import { filesOf, platformKey, put, recordLines, signPackage, summary, writeBag, writePackage, writeRecord } from "./test-package.ts";
import { verifyPackage } from "./verify.ts";

const home = mkdtempSync(join(tmpdir(), "egret-package-"));
const good = join(home, "good");
let copies = 0;

before(async () => {
  mkdirSync(good);
  await writePackage(good);
});
after(() => rmSync(home, { recursive: true }));

/** A copy of the good package that a test may spoil. */
function copy(): string {
  const root = join(home, `copy-${copies++}`);
  cpSync(good, root, { recursive: true });
  return root;
}

const codeOf = (root: string, trustedKeys?: string[]) => {
  const verdict = verifyPackage(root, trustedKeys === undefined ? {} : { trustedKeys });
  return verdict.ok ? "ok" : verdict.code;
};

test("the package verifies, and says what it is", () => {
  const verdict = verifyPackage(good, { trustedKeys: [platformKey] });
  assert.ok(verdict.ok, JSON.stringify(verdict));
  const [facts] = verdict.packages;
  assert.equal(facts?.draws.length, 2);
  assert.equal(facts?.isTrusted, true);
  assert.equal(facts?.witnesses, "none");
  assert.ok(facts?.record !== "none" && facts?.record.proven === 3 && facts.record.reduced === 1 && facts.record.signedActs === 2);
});

test("one byte changed in any file is refused, wherever it stands", () => {
  const root = copy();
  for (const path of filesOf(root)) {
    const bytes = readFileSync(join(root, path));
    for (const place of new Set([0, bytes.length >> 1, bytes.length - 2])) {
      const spoiled = Uint8Array.from(bytes);
      spoiled[place] = (spoiled[place] ?? 0) ^ 1;
      writeFileSync(join(root, path), spoiled);
      assert.match(codeOf(root), /^E_(PACKAGE|MANIFEST_SIG)$/, `${path} at ${place}`);
    }
    writeFileSync(join(root, path), bytes);
  }
  assert.equal(codeOf(root), "ok");
});

test("any file removed is refused", () => {
  for (const path of filesOf(good)) {
    const root = copy();
    rmSync(join(root, path));
    assert.equal(codeOf(root), "E_PACKAGE", path);
  }
});

test("a file added anywhere is refused, and so is a link", () => {
  for (const path of ["x", "draw/x.json", "archive/data/x", "documents/.hidden"]) {
    const root = copy();
    put(root, path, "x");
    assert.equal(codeOf(root), "E_PACKAGE", path);
  }
  const root = copy();
  symlinkSync("summary.json", join(root, "link"));
  assert.equal(codeOf(root), "E_PACKAGE");
});

test("a package signed by another key holds only for those who ask for no key", async () => {
  const root = copy();
  await signPackage(root, sha256("somebody else"));
  assert.equal(codeOf(root), "ok");
  assert.equal(codeOf(root, [platformKey]), "E_MANIFEST_SIG");
});

/** A platform that tampers and signs anew is still seen through. */
const resigned: [string, string, (root: string) => void][] = [
  ["a line of the record is cut out", "E_RECORD_CHAIN", (root) => writeRecord(root, recordLines().toSpliced(1, 1))],
  ["the last line of the record has no end", "E_RECORD_CHAIN", (root) => put(root, "record.jsonl", JSON.stringify(recordLines()[0]))],
  [
    "an event of the record is rewritten",
    "E_RECORD_CHAIN",
    (root) =>
      writeRecord(
        root,
        recordLines().map((line) => ("type" in line && line.type === "awd.decided" ? { ...line, data: {} } : line)),
      ),
  ],
  [
    "the time of an event is changed",
    "E_RECORD_CHAIN",
    (root) =>
      writeRecord(
        root,
        recordLines().map((line) => ("at" in line ? { ...line, at: "2026-11-23T02:59:00.000Z" } : line)),
      ),
  ],
  [
    "another act is put behind an event",
    "E_RECORD_CHAIN",
    (root) =>
      writeRecord(
        root,
        recordLines().map((line) => ("act" in line ? { ...line, act: null } : line)),
      ),
  ],
  [
    "a line has a member too many",
    "E_RECORD_CHAIN",
    (root) =>
      writeRecord(
        root,
        recordLines().map((line) => ({ ...line, more: 1 })),
      ),
  ],
  [
    "the chain begins in the middle",
    "E_RECORD_CHAIN",
    (root) =>
      writeRecord(
        root,
        recordLines().map((line, k) => (k === 0 ? { ...line, prevChain: "11".repeat(32) } : line)),
      ),
  ],
  [
    "the winner is another bidder",
    "E_SUMMARY",
    (root) => put(root, "summary.json", JSON.stringify({ ...summary(), winner: { ...summary().winner, bidderId: "pty_2" } })),
  ],
  [
    "the winner has another price",
    "E_SUMMARY",
    (root) => put(root, "summary.json", JSON.stringify({ ...summary(), winner: { ...summary().winner, priceFen: "1" } })),
  ],
  [
    "a step stands at an undisclosed position",
    "E_SUMMARY",
    (root) => put(root, "summary.json", JSON.stringify({ ...summary(), steps: [{ ...summary().steps[0], position: 1 }] })),
  ],
  [
    "a step has another outcome",
    "E_SUMMARY",
    (root) => put(root, "summary.json", JSON.stringify({ ...summary(), steps: [{ ...summary().steps[0], outcome: "tooFew" }] })),
  ],
  ["the record is left out", "E_SUMMARY", (root) => rmSync(join(root, "record.jsonl"))],
  ["a payload file of the archive is changed", "E_BAG", (root) => put(root, "archive/data/list.txt", "no items\n")],
  ["a payload file is added to the archive", "E_BAG", (root) => put(root, "archive/data/more.txt", "x")],
  ["a payload file is taken from the archive", "E_BAG", (root) => rmSync(join(root, "archive/data/list.txt"))],
  ["a tag file is not covered", "E_BAG", (root) => put(root, "archive/extra.txt", "x")],
  [
    "the archive is declared as another version",
    "E_BAG",
    (root) => put(root, "archive/bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"),
  ],
  [
    "Payload-Oxum counts wrongly",
    "E_BAG",
    (root) => {
      writeBag(root);
      put(root, "archive/bag-info.txt", "Payload-Oxum: 1.1\n");
      put(root, "archive/tagmanifest-sha256.txt", "");
    },
  ],
  [
    "a draw is changed",
    "E_FINAL",
    (root) =>
      put(
        root,
        "draw/experts.json",
        readFileSync(join(root, "draw/experts.json"), "utf8").replace(/"seated":\["[0-9a-f]{4}/, '"seated":["0000'),
      ),
  ],
  ["a draw is no record", "E_JSON", (root) => put(root, "draw/experts.json", "{")],
  ["a document is no PDF", "E_PACKAGE", (root) => put(root, "documents/notice.pdf", "notice")],
];
for (const [name, code, spoil] of resigned) {
  test(`signed anew: ${name}`, async () => {
    const root = copy();
    spoil(root);
    await signPackage(root);
    assert.equal(codeOf(root), code);
  });
}

test("a record whose log places are something else is refused", async () => {
  const root = copy();
  const draw = JSON.parse(readFileSync(join(root, "draw/experts.json"), "utf8"));
  draw.freeze.log.seq = 0; // lot.opened stands there
  put(root, "draw/experts.json", JSON.stringify(draw));
  await signPackage(root);
  assert.equal(codeOf(root), "E_RECORD_CHAIN");
});

test("two suites are two packages, and nothing lies beside them", () => {
  const root = join(home, "suites");
  cpSync(good, join(root, "suite-1"), { recursive: true });
  cpSync(good, join(root, "suite-2"), { recursive: true });
  const verdict = verifyPackage(root);
  assert.equal(verdict.ok && verdict.packages.length, 2);
  put(root, "beside", "x");
  assert.equal(codeOf(root), "E_PACKAGE");
});

test("a replay verifies every trade's own package", async () => {
  const root = join(home, "replay");
  const trades = [{ tender: "1", winner: "a", realWinner: "a", agree: true, dir: "trades/1" }];
  const write = async (replay: object) => {
    put(root, "summary.json", JSON.stringify(replay));
    await signPackage(root);
  };
  cpSync(good, join(root, "trades/1"), { recursive: true });
  await write({ replayed: 1, winnersAgree: 1, anomalies: [], trades });
  assert.equal(codeOf(root, [platformKey]), "ok");
  await write({ replayed: 2, winnersAgree: 1, anomalies: [], trades });
  assert.equal(codeOf(root), "E_SUMMARY");
  await write({ replayed: 1, winnersAgree: 1, anomalies: [], trades: [{ ...trades[0], realWinner: "b" }] });
  assert.equal(codeOf(root), "E_SUMMARY");
  await write({ replayed: 1, winnersAgree: 1, anomalies: [], trades });
  put(root, "trades/1/summary.json", "{}");
  await signPackage(root); // the outer manifest agrees; the trade's own does not
  assert.equal(codeOf(root), "E_PACKAGE");
});
