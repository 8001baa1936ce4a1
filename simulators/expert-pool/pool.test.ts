import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromHex, fromUtf8, hex, utf8 } from "../../formats/bytes.ts";
import {
  fieldKeyOf,
  joinTag,
  listFault,
  openSealed,
  type PoolEntry,
  pseudonymOf,
  type RosterRow,
  rosterFault,
  type SaltRow,
  sealedInfo,
  sealTo,
} from "../../formats/exchange/index.ts";
import { machine } from "../frame/main.ts";
import { type RunningSimulator, startSimulator } from "../frame/simulator.ts";
import { control, StandIn } from "../frame/stand-in.ts";
import { expertsOf, unitsOf } from "./experts.ts";
import { poolFaults } from "./faults.ts";
import { expertPool } from "./pool.ts";

const home = mkdtempSync(join(tmpdir(), "egret-pool-"));
const token = "t".repeat(64);
const egret = new StandIn();
const supervisor = machine.random(32);
const joinKey = hex(machine.random(32));
let running: RunningSimulator;
let list: { entries: PoolEntry[]; count: number; listRoot: string; poolSig: string; rosterSealed: string; saltsSealed: string };
const drive = (act: string, args: object = {}) => control(running.url, token, "drive", { act, ...args });

before(async () => {
  await egret.start();
  running = await startSimulator(expertPool, { home, token, machine, retryMs: 20 });
  egret.knows(running.peer);
  await control(running.url, token, "peers", egret.row());
  await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T01:47:00.000Z",
    tempo: 1,
  });
  await drive("joinKey", { id: "join-1", key: joinKey });
});

after(async () => {
  await running.stop();
  await egret.stop();
  rmSync(home, { recursive: true });
});

function need(needId: string, change: object = {}) {
  return {
    needId,
    drawId: "draw-1",
    purpose: "tender",
    strata: [
      { id: "road", speciality: "A080101", quota: 2, minList: 10 },
      { id: "cost", speciality: "A060101", quota: 1, minList: 10 },
    ],
    regions: ["350100", "350200", "350300", "350400", "350500", "350600", "350700", "350800", "350900"],
    windowStartAt: "2026-11-25T01:00:00.000Z",
    windowEndAt: "2026-11-26T10:00:00.000Z",
    city: "350200",
    avoidUnits: [],
    supervisorKey: fieldKeyOf(supervisor),
    drawServiceKey: fieldKeyOf(egret.fieldSecret),
    joinKeyId: "join-1",
    ...change,
  };
}

async function summon(needId: string, callNo: number, id: string, answerByAt = "2026-11-23T02:30:00.000Z") {
  const idSealed = sealTo(
    running.peer.fieldKey ?? "",
    sealedInfo.summon(needId, callNo),
    utf8(JSON.stringify({ needId, id })),
    machine.random,
  );
  const body = {
    needId,
    callNo,
    idSealed,
    stratum: "road",
    callAt: "2026-11-23T01:50:00.000Z",
    answerByAt,
    meet: { city: "350200", siteCode: "site-1", at: "2026-11-25T01:00:00.000Z", days: 1 },
  };
  return egret.post(running.peer, egret.envelope("pool.summon", `need/${needId}`, body));
}

test("a list of candidates proves itself; roster and salts fit it", async () => {
  await egret.post(running.peer, egret.envelope("pool.requestCandidates", "need/n1", need("n1")));
  list = (await egret.waitFor("pool.candidates")).body as unknown as typeof list;
  assert.equal(listFault(list, running.peer.keys[0]?.pub ?? ""), undefined);
  assert.ok(list.entries.filter(({ strata, recusal }) => strata.includes("road") && recusal === null).length >= 12);
  const roster = JSON.parse(fromUtf8(openSealed(egret.fieldSecret, sealedInfo.roster("n1"), list.rosterSealed))) as RosterRow[];
  assert.equal(rosterFault(roster, list.entries), undefined);
  const salts = JSON.parse(fromUtf8(openSealed(supervisor, sealedInfo.salts("n1"), list.saltsSealed))) as SaltRow[];
  assert.ok(salts.every(({ id, salt, memberId }) => pseudonymOf(fromHex(salt), memberId) === id));
  assert.throws(() => openSealed(egret.fieldSecret, sealedInfo.salts("n1"), list.saltsSealed));
});

test("EP04: an expert who left a bidder two years ago carries its tag, one who left four years ago does not", () => {
  const roster = JSON.parse(fromUtf8(openSealed(egret.fieldSecret, sealedInfo.roster("n1"), list.rosterSealed))) as RosterRow[];
  const firm01 = joinTag(fromHex(joinKey), "91350200EGRET0190X");
  assert.deepEqual(
    roster.filter(({ tags }) => tags.includes(firm01)).map(({ expertRef }) => expertRef),
    ["person-125"],
  );
  const leftLongAgo = expertsOf(0).find(({ memberId }) => memberId === "person-155");
  assert.equal(leftLongAgo?.relations[0]?.endedYearsAgo, 4);
  assert.deepEqual(unitsOf(leftLongAgo), []);
});

test("EP05: a list that was changed after signing is refused", () => {
  const pub = running.peer.keys[0]?.pub ?? "";
  assert.equal(listFault({ ...list, count: list.count + 1 }, pub), "signature");
  assert.equal(listFault({ ...list, entries: list.entries.slice(1) }, pub), "signature");
});

test("EP02: declined and unreachable come back; the same call number calls once", async () => {
  await drive("intend", { byCall: { "2": "declined" }, otherwise: "accepted" });
  const [first, second] = list.entries.filter(({ recusal }) => recusal === null);
  await summon("n1", 1, first?.id ?? "");
  await summon("n1", 2, second?.id ?? "");
  await summon("n1", 2, second?.id ?? "");
  await egret.waitFor("pool.answer", 2);
  assert.deepEqual(
    egret.received.filter(({ type }) => type === "pool.answer").map(({ body }) => body.answer),
    ["accepted", "declined"],
  );
});

test("a call that nobody answers turns unreachable when the business clock passes the limit", async () => {
  await drive("intend", { otherwise: "manual" });
  await summon("n1", 3, list.entries.filter(({ recusal }) => recusal === null)[2]?.id ?? "");
  await control(running.url, token, "clock", {
    anchorReal: new Date(machine.now()).toISOString(),
    anchorVirtual: "2026-11-23T02:31:00.000Z",
    tempo: 1,
  });
  assert.equal((await egret.waitFor("pool.answer", 3)).body.answer, "unreachable");
});

test("EP09: answers out of order carry the numbers that put them right", async () => {
  await control(running.url, token, "faults", poolFaults.EP09reorder);
  await drive("intend", { otherwise: "accepted" });
  for (const callNo of [4, 5, 6]) await summon("n1", callNo, list.entries.filter(({ recusal }) => recusal === null)[callNo]?.id ?? "");
  await egret.waitFor("pool.answer", 6);
  const seqs = egret.received
    .filter(({ type }) => type === "pool.answer")
    .slice(3)
    .map(({ seq }) => seq ?? 0);
  assert.deepEqual(
    [...seqs].sort((a, b) => b - a),
    seqs,
  );
});

test("too few experts: a band, never a count", async () => {
  await egret.post(running.peer, egret.envelope("pool.requestCandidates", "need/n2", need("n2", { regions: ["350400"] })));
  const { body } = await egret.waitFor("pool.tooFew");
  assert.ok(["<5", "<10"].includes(body.available as string));
});

test("EP03: the pool was told no bidder, title or lot", async () => {
  const { values } = (await control(running.url, token, "books/knowledge")) as { values: string[] };
  assert.ok(values.includes("A080101"));
  assert.ok(!values.some((value) => /lot_|prj_|EGRET|标段/.test(value)));
});
