/**
 * Go's checksum database reads our log: its `note.Open`, `tlog.CheckRecord` and `tlog.CheckTree` accept head, proof
 * and growth, and refuse a changed byte. Needs Go and Debian's golang-golang-x-mod-dev; no network.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromHex } from "../../formats/bytes.ts";
import { type Entry, entryBytes, verifierKeyText } from "../../formats/evidence/index.ts";
import { bundlesFor, type EvidenceLog } from "../../server/evidence/index.ts";
import { TestEvidence } from "../../server/evidence/test-evidence.ts";
import { testDatabase } from "../../server/runtime/database/test-database.ts";

const goPath = process.env["EGRET_GOPATH"] ?? "/usr/share/gocode";
const isThere = spawnSync("go", ["version"]).status === 0 && existsSync(join(goPath, "src/golang.org/x/mod/sumdb/tlog"));

const folder = mkdtempSync(join(tmpdir(), "egret-sumdb-"));
const reader = join(folder, "reader");
let world: TestEvidence;
let log: EvidenceLog;

before(async () => {
  if (!isThere) return;
  world = new TestEvidence(await testDatabase());
  log = await world.open();
  const environment = { ...process.env, GO111MODULE: "off", GOPATH: goPath, GOCACHE: join(folder, "cache"), GOFLAGS: "", CGO_ENABLED: "0" };
  const built = spawnSync("go", ["build", "-o", reader, join(import.meta.dirname, "sumdb/main.go")], {
    env: environment,
    encoding: "utf8",
  });
  assert.equal(built.status, 0, built.stderr);
});
after(async () => {
  if (isThere) await world.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Claim {
  Key: string;
  Note: string;
  Older: string;
  Record: string;
  Index: number;
  Inclusion: string[];
  Consistency: string[];
}

const asked = (claim: Claim) => spawnSync(reader, { input: JSON.stringify(claim), encoding: "utf8" }).stdout.trim();
const base64 = (hexes: readonly string[]) => hexes.map((hash) => Buffer.from(fromHex(hash)).toString("base64"));

async function claimed(older: number, newer: number, index: number): Promise<Claim> {
  const noteOf = async (size: number) =>
    (await world.database.pool.query<{ note: string }>("SELECT note FROM evidence.checkpoint WHERE size = $1", [size])).rows[0]?.note ?? "";
  const checkpoint = { size: newer, note: await noteOf(newer) };
  const [bundle] = await bundlesFor(world.database.pool, log, { positions: [index], discloses: () => false, checkpoint });
  const item = bundle?.items[0] ?? assert.fail();
  return {
    Key: verifierKeyText((await world.keys()).verifierKey),
    Note: checkpoint.note,
    Older: await noteOf(older),
    Record: Buffer.from(entryBytes(item.entry as Entry)).toString("base64"),
    Index: index,
    Inclusion: base64(item.inclusion.hashes),
    Consistency: base64((await log.proveConsistency(older, newer)).hashes),
  };
}

test("Go's sumdb accepts our heads, proofs and growth, and refuses what was changed", { timeout: 120_000 }, async (t) => {
  if (!isThere) return t.skip("NOT RUN: Go or golang-golang-x-mod-dev is absent");
  await world.act(7);
  await log.settle();
  await world.act(593);
  await log.settle();
  for (const index of [0, 6, 7, 255, 256, 599]) assert.equal(asked(await claimed(7, 600, index)), "ok", `entry ${index}`);
  const good = await claimed(7, 600, 300);
  const [first = "", ...others] = good.Inclusion;
  for (const spoiled of [
    { ...good, Note: good.Note.replace("600", "601") },
    { ...good, Key: good.Key.replace(/.{4}$/, "AAA=") },
    { ...good, Record: Buffer.from("another entry").toString("base64") },
    { ...good, Index: 301 },
    { ...good, Inclusion: [...others, first] },
    { ...good, Consistency: good.Consistency.slice(1) },
    { ...good, Older: good.Note },
  ])
    assert.match(asked(spoiled), /^refused: /);
});
