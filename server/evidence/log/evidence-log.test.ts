import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { hex } from "../../../formats/bytes.ts";
import { consistencyHolds, type Entry, Frontier, judgeHead, leafHash, readEntryBundle, readNote } from "../../../formats/evidence/index.ts";
import { testDatabase } from "../../runtime/database/test-database.ts";
import { auditLog, bundlesFor, type EvidenceLog, LogFault, readLogPath } from "../index.ts";
import { TestEvidence } from "../test-evidence.ts";

const open: TestEvidence[] = [];
let world: TestEvidence;
beforeEach(async () => {
  world = new TestEvidence(await testDatabase());
  open.push(world);
});
after(async () => {
  for (const one of open) await one.close();
});

async function entriesIn(log: EvidenceLog, size: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let index = 0; index * 256 < size; index++) {
    const bytes = await log.tiles.read({ level: "entries", index, width: Math.min(256, size - 256 * index) });
    entries.push(...readEntryBundle(bytes).map((entry) => JSON.parse(Buffer.from(entry).toString()) as Entry));
  }
  return entries;
}

async function audit(log: EvidenceLog) {
  const keys = await world.keys();
  return auditLog({ db: world.database.pool, head: await keys.readHead(), tiles: log.tiles });
}

test("an older record is filled from position 0, and every position is one leaf", async () => {
  await world.act(700);
  const log = await world.open();
  const published = await log.settle();
  assert.equal(published?.size, 700);
  const entries = await entriesIn(log, 700);
  assert.deepEqual(
    entries.map(({ seq }) => seq),
    [...Array(700).keys()],
  );
  const tree = new Frontier();
  for (const entry of await allLeaves(log)) tree.append(leafHash(entry));
  assert.equal(hex(tree.root()), published?.root);
  assert.ok(judgeHead(published?.note ?? "", { origin: log.origin, logKeys: [(await world.keys()).verifierKey] }).ok);
  assert.deepEqual(await audit(log), { leaves: 700, fault: null });
});

async function allLeaves(log: EvidenceLog): Promise<Uint8Array[]> {
  const parts = await Promise.all([256, 256, 188].map((width, index) => log.tiles.read({ level: "entries", index, width })));
  return parts.flatMap(readEntryBundle);
}

test("a sealed act shows neither lot nor kind nor person, and no two of its leaves share a pseudonym", async () => {
  await world.act(9);
  const log = await world.open();
  await log.settle();
  const sealed = (await entriesIn(log, 9)).filter(({ stream }) => stream.startsWith("b/"));
  assert.equal(sealed.length, 3);
  assert.ok(sealed.every(({ type }) => type === "sealed.event"));
  assert.equal(new Set(sealed.map(({ actor }) => actor)).size, 3);
  const open = (await entriesIn(log, 9)).filter(({ stream }) => stream === "lot_0");
  assert.equal(new Set(open.map(({ actor }) => actor)).size, 1);
});

test("each head extends the one before, and heads stay served when partial tiles are gone", async () => {
  const log = await world.open();
  const heads = [];
  for (const count of [1, 99, 155, 2, 300]) {
    await world.act(count);
    heads.push((await log.settle()) ?? assert.fail());
  }
  assert.equal(await log.settle(), undefined);
  for (const [i, head] of heads.entries()) {
    const before = heads[i - 1];
    if (!before) continue;
    const proof = await log.proveConsistency(before.size, head.size);
    assert.ok(consistencyHolds(proof, Buffer.from(before.root, "hex"), Buffer.from(head.root, "hex")));
  }
  // Of the first 256 leaves only the full tile is left, and every partial one is cut from it.
  assert.deepEqual(readdirSync(join(world.home, "log/tile/0")).sort(), ["000", "001", "002.p"]);
  const partial = await readLogPath(log.tiles, "tile/0/000.p/100");
  const full = await readLogPath(log.tiles, "tile/0/000");
  assert.equal(partial?.bytes.length, 3200);
  assert.equal(hex(partial?.bytes ?? new Uint8Array()), hex(full?.bytes.subarray(0, 3200) ?? new Uint8Array(1)));
  assert.equal(readEntryBundle((await readLogPath(log.tiles, "tile/entries/000.p/7"))?.bytes ?? assert.fail()).length, 7);
  assert.equal(await readLogPath(log.tiles, "tile/0/../../../keys/evidence-log.json"), undefined);
  assert.equal(readNote(Buffer.from((await readLogPath(log.tiles, "checkpoint"))?.bytes ?? "").toString())?.size, 557);
});

test("started, it signs at its beat, and a restart goes on where it stopped", async () => {
  await world.act(10);
  world.numberer.start();
  const sizes: number[] = [];
  const until = async (log: EvidenceLog, size: number) => {
    while (log.state.size < size) await new Promise((done) => setTimeout(done, 10));
  };
  const first = await world.open(async ({ size }) => void sizes.push(size));
  first.start();
  await until(first, 10);
  await world.act(20);
  await until(first, 30);
  await first.stop();
  await world.act(5);
  const second = await world.open(async ({ size }) => void sizes.push(size));
  second.start();
  await until(second, 35);
  await second.stop();
  assert.deepEqual([sizes[0], sizes.at(-1)], [10, 35]);
  assert.deepEqual(
    sizes,
    sizes.toSorted((a, b) => a - b),
  );
  assert.equal((await audit(second)).fault, null);
});

test("heads that are shown at the same moment do not meet: the largest stays", async () => {
  await world.act(8);
  const log = await world.open();
  const notes: string[] = [];
  for (let i = 0; i < 8; i++) {
    await world.act(1);
    notes.push((await log.settle())?.note ?? assert.fail());
  }
  await Promise.all(notes.toReversed().map((note) => log.tiles.writeCheckpoint(note)));
  assert.equal(await log.tiles.checkpoint(), notes.at(-1));
});

test("a crash between the key folder and the database loses no head", async () => {
  await world.act(3);
  const log = await world.open();
  const head = await log.settle();
  await world.tamper("DELETE FROM evidence.checkpoint");
  rmSync(join(world.home, "log/checkpoint"));
  const again = await world.open();
  assert.equal((await again.settle())?.note, head?.note);
  assert.equal(await again.tiles.checkpoint(), head?.note);
});

test("a smaller tree, another tree and a lost key folder are never signed", async () => {
  await world.act(300);
  const log = await world.open();
  await log.settle();
  const refuses = async (code: LogFault["code"]) => {
    const fresh = await world.open();
    await assert.rejects(fresh.publish(), (error) => error instanceof LogFault && error.code === code);
    assert.equal(fresh.state.fault?.code, code);
  };
  // An older copy of the database.
  const { rows } = await world.database.pool.query("SELECT encode(peaks, 'hex') AS peaks FROM evidence.tree");
  const small = new Frontier();
  small.append(leafHash(new Uint8Array()));
  await world.tamper(`UPDATE evidence.tree SET size = 1, peaks = '\\x${hex(small.bytes())}'`);
  await refuses("shrunk");
  // The same size over other leaves.
  const other = new Frontier();
  for (let i = 0; i < 300; i++) other.append(leafHash(Uint8Array.of(i & 1)));
  await world.tamper(`UPDATE evidence.tree SET size = 300, peaks = '\\x${hex(other.bytes())}'`);
  await refuses("forked");
  // Grown on over other leaves: the signed frontier does not lead to this root.
  other.append(leafHash(Uint8Array.of(7)));
  await world.tamper(`UPDATE evidence.tree SET size = 301, peaks = '\\x${hex(other.bytes())}'`);
  await world.tamper(`INSERT INTO evidence.leaf VALUES (300, '{}', '\\x${hex(leafHash(Buffer.from("{}")))}')`);
  await refuses("tampered");
  await world.tamper(`DELETE FROM evidence.leaf WHERE seq = 300; UPDATE evidence.tree SET size = 300, peaks = '\\x${rows[0].peaks}'`);
  await (await world.open()).publish();
  rmSync(join(world.home, "keys/evidence-head.json"));
  await refuses("forked");
});

test("an event, a leaf or a tile that a superuser changed is found", async () => {
  await world.act(600);
  const log = await world.open();
  await log.settle();
  const finds = async (position: number, undo?: string) => {
    assert.equal((await audit(log)).fault?.position, position);
    if (undo) await world.tamper(undo);
    if (undo) assert.equal((await audit(log)).fault, null);
  };
  await world.tamper("UPDATE record.event SET event = replace(event, '\"n\":40}', '\"n\":41}') WHERE id = 41");
  await finds(40, "UPDATE record.event SET event = replace(event, '\"n\":41}', '\"n\":40}') WHERE id = 41");
  await world.tamper("UPDATE evidence.leaf SET entry = replace(entry, 'tst.done', 'tst.gone') WHERE seq = 66");
  await finds(66, "UPDATE evidence.leaf SET entry = replace(entry, 'tst.gone', 'tst.done') WHERE seq = 66");
  const swap = (one: number, other: number) =>
    `UPDATE record.position SET event_id = -1 WHERE position = 99; UPDATE record.position SET event_id = ${one} WHERE position = 599; UPDATE record.position SET event_id = ${other} WHERE position = 99`;
  await world.tamper(swap(100, 600));
  await finds(99, swap(600, 100));
  await world.tamper("UPDATE evidence.checkpoint SET root = decode(repeat('00', 32), 'hex')");
  assert.equal((await audit(log)).fault, null, "the key folder knows the root that was signed");
  rmSync(join(world.home, "log/tile/0/001"));
  await finds(256);
});

test("a superuser who rewrites an event with its commitment, its leaf and its tile is found by the signed head", async () => {
  await world.act(20);
  const log = await world.open();
  await log.settle();
  await world.tamper(`
    UPDATE record.event SET event = replace(event, '"n":4}', '"n":5}') WHERE id = 5;
    UPDATE evidence.leaf SET entry = replace(entry, encode(e.commitment, 'hex'), encode(sha256(e.salt || convert_to(e.event, 'UTF8')), 'hex'))
      FROM record.event e WHERE seq = 4 AND e.id = 5;
    UPDATE record.event SET commitment = sha256(salt || convert_to(event, 'UTF8')) WHERE id = 5;
    UPDATE evidence.leaf SET hash = sha256('\\x00'::bytea || convert_to(entry, 'UTF8')) WHERE seq = 4`);
  assert.deepEqual((await audit(log)).fault, { position: 19, reason: "the head of 20 leaves was signed over others" });
});

test("an event that may not stand in the log stops it there, in words, and skips nothing", async () => {
  await world.act(2);
  await world.tamper("UPDATE record.event SET stream = '张三', event = replace(event, '\"lot_1\"', '\"张三\"') WHERE id = 2");
  const log = await world.open();
  await log.settle();
  assert.equal(log.state.fault?.code, "unfit");
  assert.match(log.state.fault?.message ?? "", /position 1: a stream that may not stand in the log/);
});

test("a bundle discloses what it was asked to, and nothing else", async () => {
  await world.act(30);
  const log = await world.open();
  const { size, note } = (await log.settle()) ?? assert.fail();
  const wish = {
    positions: [7, 3, 2],
    discloses: (position: number) => position !== 2,
    namesActor: (position: number) => position === 3,
    checkpoint: { size, note },
  };
  const [bundle] = await bundlesFor(world.database.pool, log, wish);
  assert.deepEqual(
    bundle?.items.map(({ entry, disclosure, actor }) => [entry.seq, disclosure !== undefined, actor?.id]),
    [
      [2, false, undefined],
      [3, true, "per_1"],
      [7, true, undefined],
    ],
  );
  assert.ok(!JSON.stringify(bundle?.items[0]).includes('"n"'));
  await assert.rejects(bundlesFor(world.database.pool, log, { ...wish, positions: [30] }), RangeError);
});
