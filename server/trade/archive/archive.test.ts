import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildEdge } from "../../app/http.ts";
import type { TestPerson } from "../../app/testing/test-house.ts";
import { openSession } from "../../identity/index.ts";
import { machineClock } from "../../runtime/clock/clock.ts";
import { awardStage } from "../award/index.ts";
import { contracted } from "../award/testing/awarded.ts";
import { contractStage } from "../contract/index.ts";
import { type Rehearsal, rehearsal } from "../evaluation/testing/rehearsal.ts";
import { remedyStage } from "../remedy/index.ts";
import { loadLot } from "../transaction/index.ts";
import { archiveOf, archiveStage, type PaperPorts, writeArchive, writePapers } from "./index.ts";

const ports: PaperPorts = { noticePaper: async () => undefined, openingRecordPaper: async () => undefined };
let world: Rehearsal;
let folder: string;
before(async () => {
  world = await rehearsal([awardStage, contractStage({ releaseDue: async () => undefined }), remedyStage, archiveStage(ports)]);
  folder = await mkdtemp(join(tmpdir(), "egret-archive-"));
});
after(async () => {
  await world.house.close();
  await rm(folder, { recursive: true, force: true });
});

const archiveOfLot = (lotId: string) => archiveOf(world.house.house.pool, lotId);
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** Checks a bag as a stranger would: every manifest line against the file, no file that no manifest names. */
async function checkBag(bag: string): Promise<string[]> {
  const named = new Set(["tagmanifest-sha256.txt"]);
  for (const manifest of ["manifest-sha256.txt", "tagmanifest-sha256.txt"]) {
    for (const line of (await readFile(join(bag, manifest), "utf8")).trimEnd().split("\n")) {
      const [hash = "", path = ""] = line.split("  ");
      assert.equal(sha256(await readFile(join(bag, path))), hash, path);
      named.add(path);
    }
  }
  const entries = await readdir(bag, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(bag.length + 1));
  assert.deepEqual(
    files.filter((path) => !named.has(path)),
    [],
  );
  return files.sort();
}

test("a trade is archived when nothing is missing, sealed under one root, and the lot is complete", async () => {
  const { house, people } = world;
  const lotId = await contracted(world);
  await house.refused(people.centre, "arc.seal", lotId, {}, "act.not-possible-now");
  const problem = await house.refused(people.centre, "arc.complete", lotId, {}, "archive.item-missing");
  assert.equal(problem.ruleId, "X-006");
  assert.deepEqual(problem.data.missing, ["招标投标情况书面报告", "合同备案"]);
  await house.done(people.agent, "awd.report", lotId, { text: "招标投标情况书面报告" });
  await house.done(people.buyer, "con.file", lotId, { number: "备-2026-1" });
  await house.refused(people.buyer, "arc.complete", lotId, {}, "act.not-your-role");
  await house.done(people.centre, "arc.complete", lotId, {});
  const { root } = await house.done(people.centre, "arc.seal", lotId, {});
  assert.equal((await loadLot(house.house.pool, lotId))?.state, "completed");
  assert.equal((await archiveOfLot(lotId)).sealed?.root, root);

  const wish = { pool: house.house.pool, platform: house.platform, lotId, ports };
  const whole = join(folder, "whole");
  assert.equal(await writeArchive({ ...wish, folder: whole, level: "audit" }), root);
  const files = await checkBag(whole);
  assert.equal(sha256(await readFile(join(whole, "tagmanifest-sha256.txt"))), root);
  for (const path of ["data/papers/evaluation-report.pdf", "data/papers/award-letter.pdf", "data/papers/contract.pdf"])
    assert.ok(files.includes(path), path);
  assert.deepEqual(JSON.parse(await readFile(join(whole, "data/index.json"), "utf8")).missing, []);
  assert.match(await readFile(join(whole, "bag-info.txt"), "utf8"), /^Egret-Phase: tender$/m);

  const open = join(folder, "public");
  assert.notEqual(await writeArchive({ ...wish, folder: open, level: "public" }), root);
  const shown = await checkBag(open);
  assert.ok(!shown.some((path) => /record\/(?:evl|sht|cmt|con|rem)_|contract\.pdf/.test(path)));
  assert.deepEqual(await writePapers({ ...wish, folder: join(folder, "documents"), level: "audit" }), [
    "evaluation-report",
    "award-letter",
    "contract",
  ]);
});

test("items are collected when they arise, by the platform, with their digest", async () => {
  const lotId = await contracted(world);
  const { items, state } = await archiveOfLot(lotId);
  assert.equal(state, "collecting");
  assert.deepEqual([...new Set([...items.values()].map(({ item }) => item))].sort(), [
    "award",
    "ceremony",
    "committee",
    "contract",
    "document",
    "evaluation",
    "notice",
    "opening",
    "sheets",
  ]);
  await assert.rejects(
    () => writeArchive({ pool: world.house.house.pool, platform: world.house.platform, lotId, folder, ports, level: "audit" }),
    /not sealed/,
  );
});

test("a complaint that nobody has decided keeps the archive open", async () => {
  const { house, people, bidders } = world;
  const lotId = await contracted(world);
  await house.done(people.agent, "awd.report", lotId, { text: "报告" });
  await house.done(people.buyer, "con.file", lotId, { number: "备-2" });
  const today = new Date(house.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const complaint = {
    path: "complaint",
    about: "other",
    follows: null,
    ground: "开标后发现串通线索",
    request: "查处",
    knownOn: today,
    files: [],
  };
  const { remedy } = await house.done(bidders[2] as TestPerson, "rem.raise", lotId, complaint);
  await house.refused(people.centre, "arc.complete", lotId, {}, "archive.item-missing");
  await house.done(people.supervisor, "rem.refuse", lotId, { remedy, reason: "没有明确的请求" });
  await house.done(people.centre, "arc.complete", lotId, {});
});

test("papers are read as PDF by those who may have them, and look absent to others", async () => {
  const { house, people, bidders } = world;
  const lotId = await contracted(world);
  const edge = await buildEdge({ house: house.house, onFault: (error) => assert.fail(String(error)) });
  const get = async (person: TestPerson | undefined, path: string) => {
    const token =
      person && (await openSession(house.house.pool, { personId: person.personId, machineNow: machineClock.now(), random: house.random }));
    return edge.inject({
      url: `/api/v1/lots/${lotId}/${path}`,
      headers: person ? { authorization: `Bearer ${token}`, "egret-membership": person.membershipId } : {},
    });
  };
  const kinds = async (person: TestPerson | undefined) =>
    (await get(person, "papers")).json().items.map(({ kind }: { kind: string }) => kind);
  assert.deepEqual(await kinds(undefined), []);
  assert.deepEqual(await kinds(people.buyer), ["evaluation-report", "award-letter", "contract"]);
  assert.deepEqual(await kinds(bidders[0]), ["award-letter", "contract"]);
  assert.deepEqual(await kinds(bidders[1]), []);
  const letter = await get(bidders[0], "papers/award-letter");
  assert.equal(letter.headers["content-type"], "application/pdf");
  assert.equal(letter.rawPayload.subarray(0, 5).toString(), "%PDF-");
  assert.equal((await get(bidders[1], "papers/award-letter")).statusCode, 404);
  assert.equal((await get(undefined, "papers/evaluation-report")).statusCode, 404);
  assert.equal((await get(people.buyer, "papers/nothing")).statusCode, 404);
  for (const path of [
    "award",
    "contract",
    "remedies",
    "evaluation/progress",
    "archive",
    "award/desk",
    "evaluation/report",
    "remedies/cases",
    "next-steps",
    "contract/text",
  ]) {
    const answer = await get(people.buyer, path);
    assert.equal(answer.statusCode, 200, `${path}: ${answer.body}`);
  }
  const expert = world.experts[0] as TestPerson;
  const room = (await get(expert, "evaluation")).json();
  assert.equal(room.bids.length, 5);
  assert.equal((await get(people.buyer, "evaluation")).statusCode, 404);
  const outcome = (await get(bidders[1], "outcome")).json();
  assert.deepEqual([outcome.outcome, outcome.winnerName, outcome.rank], ["lost", "投标单位1", 2]);
  await edge.close();
});
