import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { SealOpening } from "../../formats/seal/index.ts";
import { rehearseCeremony, seededRandom } from "../../formats/seal/rehearsal.ts";
import { aDraw } from "../draw/test-draw.ts";
import { HeldFolder } from "./held-folder.ts";
import { verifyPackage } from "./index.ts";
import { anOpening } from "./test-opening.ts";
import {
  filesOf,
  platformKey,
  platformSecret,
  put,
  recordLines,
  signPackage,
  summary,
  writeBag,
  writePackage,
  writeRecord,
} from "./test-package.ts";
import { verifyFolder } from "./verify.ts";

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

/** The folder as a browser holds it. */
const held = (root: string) =>
  new HeldFolder(new Map(filesOf(root).map((path) => [path, Uint8Array.from(readFileSync(join(root, path)))])));

const codeOf = (root: string, trustedKeys?: string[]) => {
  const verdict = verifyPackage(root, trustedKeys === undefined ? {} : { trustedKeys });
  // Whatever a test expects of the disk it expects of the memory of a browser, to the last figure.
  assert.deepEqual(
    verifyFolder(() => held(root), trustedKeys === undefined ? {} : { trustedKeys }),
    verdict,
  );
  return verdict.ok ? "ok" : verdict.code;
};

test("the package verifies, and says what it is", () => {
  const verdict = verifyPackage(good, { trustedKeys: [platformKey] });
  assert.ok(verdict.ok, JSON.stringify(verdict));
  const [facts] = verdict.packages;
  assert.equal(facts?.draws.length, 2);
  assert.deepEqual(
    facts?.openings.map(({ bids, bodies }) => [bids.map(({ status }) => status).sort(), bodies]),
    [[["opened", "opened", "revoked"], "checked"]],
  );
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
  const verdict = verifyPackage(root);
  assert.ok(!verdict.ok && verdict.code === "E_PACKAGE");
});

test("a package signed by another key than its openings holds only when both keys are trusted", async () => {
  const root = copy();
  const secret = sha256("somebody else");
  const key = hex(p256.getPublicKey(secret, true));
  await signPackage(root, secret);
  assert.equal(codeOf(root), "E_MANIFEST_SIG");
  assert.equal(codeOf(root, [platformKey]), "E_MANIFEST_SIG");
  assert.equal(codeOf(root, [key]), "E_MANIFEST_SIG");
  assert.equal(codeOf(root, [key, platformKey]), "ok");
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

/** A change of the opening's own text, and of a file beside it. */
const opening = (root: string): SealOpening => JSON.parse(readFileSync(join(root, "seal/opening.json"), "utf8"));
const sealed: [string, string, (root: string) => void | Promise<void>][] = [
  ["the outcome of a bid", "E_OUTCOME", (root) => put(root, "seal/opening.json", JSON.stringify({ ...opening(root), outcomes: [] }))],
  ["a count of bids", "E_SUMMARY", (root) => put(root, "summary.json", JSON.stringify({ ...summary(), bidsOpened: 3 }))],
  ["the number of bids received", "E_SUMMARY", (root) => put(root, "summary.json", JSON.stringify({ ...summary(), bidsReceived: 4 }))],
  ["the lot", "E_SUMMARY", (root) => put(root, "summary.json", JSON.stringify({ ...summary(), lot: "L-2" }))],
  [
    "the winner to a bidder that was not opened",
    "E_SUMMARY",
    (root) => put(root, "summary.json", JSON.stringify({ ...summary(), winner: { ...summary().winner, bidderId: "pty_3" } })),
  ],
  ["a body", "E_ROOT", (root) => spoilBody(root)],
  [
    "the ceremony beside the opening",
    "E_CEREMONY",
    async (root) =>
      put(root, "seal/ceremony.json", JSON.stringify((await anOpening(platformSecret, platformKey, "other")).opening.ceremony)),
  ],
  [
    "the platform key of the opening",
    "E_MANIFEST_SIG",
    async (root) => {
      const secret = sha256("another platform");
      const made = await anOpening(secret, hex(p256.getPublicKey(secret, true)));
      put(root, "seal/opening.json", JSON.stringify(made.opening));
      for (const path of filesOf(join(root, "seal/bodies"))) rmSync(join(root, "seal/bodies", path));
      put(root, "seal/ceremony.json", JSON.stringify(made.opening.ceremony));
    },
  ],
  ["nothing, but a body of no bid is added", "E_PACKAGE", (root) => put(root, `seal/bodies/${"00".repeat(32)}.bin`, "x")],
  ["nothing, but an unknown file is added", "E_PACKAGE", (root) => put(root, "seal/notes.txt", "x")],
];
for (const [name, code, spoil] of sealed) {
  test(`signed anew, sealed side: changed is ${name}`, async () => {
    const root = copy();
    await spoil(root);
    await signPackage(root);
    assert.equal(codeOf(root), code);
  });
}

test("without the bodies the opening is proven but for them, and says so", async () => {
  const root = copy();
  rmSync(join(root, "seal/bodies"), { recursive: true });
  await signPackage(root);
  const verdict = verifyPackage(root);
  assert.equal(verdict.ok && verdict.packages[0]?.openings[0]?.bodies, "unchecked");
});

test("a draw of mode 2 belongs to the ceremony that lies beside it", async () => {
  const root = copy();
  const draw = aDraw({ label: "recovery", mode: "always" });
  put(root, "draw/recovery.json", JSON.stringify(draw));
  await signPackage(root);
  assert.equal(codeOf(root), "ok");
  const { ceremony } = rehearseCeremony(1, { tenderId: "T-1", lotId: draw.plan.drawId }, seededRandom("another"));
  put(root, "seal/ceremony-draw.json", JSON.stringify(ceremony));
  await signPackage(root);
  assert.equal(codeOf(root), "E_CEREMONY");
});

function spoilBody(root: string): void {
  const path = `seal/bodies/${filesOf(join(root, "seal/bodies"))[0]}`;
  const bytes = Uint8Array.from(readFileSync(join(root, path)));
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  put(root, path, bytes);
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
