import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fromHex } from "../../../formats/bytes.ts";
import { fillerOf } from "../../../formats/evidence/index.ts";
import { jcsText } from "../../../formats/jcs.ts";
import { seededRandom } from "../../kernel/index.ts";
import { BlindedPace, commitmentOf, Views } from "../../record/index.ts";
import { testDatabase } from "../../runtime/database/test-database.ts";
import { FillerBook, paceAt, usualPace } from "../index.ts";
import { TestEvidence } from "../test-evidence.ts";

const random = seededRandom("pace");
const clock = { now: () => world.clock.now };
let world: TestEvidence;
let book: FillerBook;
const fill: FillerBook["fill"] = (...wish) => book.fill(...wish);

before(async () => {
  world = new TestEvidence(await testDatabase(), { isPaced: true });
  book = new FillerBook({ clock, secret: await FillerBook.secretIn(join(world.home, "keys"), random) });
});
after(() => world.close());

interface Row {
  stream: string;
  type: string;
  event: { data: object };
  commitment: string;
}

async function record(): Promise<Row[]> {
  const { rows } = await world.database.pool.query(
    `SELECT e.stream, e.type, e.event::json AS event, encode(e.commitment, 'hex') AS commitment
     FROM record.position p JOIN record.event e ON e.id = p.event_id ORDER BY p.position`,
  );
  return rows;
}

const seal = (n: number) => world.append(`b/${String(n).padStart(32, "f")}`, "sealed.event", { tag: `act ${n}` });
const acts = (rows: readonly Row[]) => rows.filter(({ event }) => "tag" in event.data).length;

test("a tick numbers exactly as many blinded events, whatever came; what is too much waits; others never wait", async () => {
  await world.append("lot_1", "lot.opened", {});
  for (let n = 0; n < 6; n++) await seal(n);
  await world.numberer.settle();
  assert.deepEqual(
    (await record()).map(({ type }) => type),
    ["lot.opened"],
  );
  await world.numberer.tick(4, fill);
  assert.deepEqual([(await record()).length, acts(await record()), await world.numberer.waitingBlinded()], [5, 4, 2]);
  await world.numberer.tick(4, fill);
  assert.deepEqual([(await record()).length, acts(await record())], [9, 6]);
  await world.numberer.tick(4, fill);
  assert.deepEqual([(await record()).length, acts(await record())], [13, 6]);
  const second = (await record()).slice(5, 9).map(({ commitment }) => commitment);
  assert.deepEqual(second, second.toSorted(), "within a tick their order is that of their commitments, which is chance");
});

test("a tick that fails leaves nothing, and nothing of its day's count", async () => {
  const before = await record();
  const broken = async (...wish: Parameters<typeof fill>) => {
    await book.fill(...wish);
    throw new Error("power cut");
  };
  await assert.rejects(world.numberer.tick(4, broken), /power cut/);
  assert.deepEqual(await record(), before);
  const { rows } = await world.database.pool.query("SELECT day, fillers FROM evidence.filler_day");
  assert.deepEqual(rows, [{ day: "2026-11-23", fillers: "6" }]);
});

test("a limit is reached when all that came before has its number, after the same ticks when nothing had come", async () => {
  const pace = new BlindedPace({
    numberer: world.numberer,
    paceNow: async () => ({ entries: 2, everyMs: 60_000 }),
    fill,
    machineNow: () => 0,
    onFault: (error) => assert.fail(String(error)),
  });
  const before = (await record()).length;
  await pace.drain();
  assert.equal((await record()).length, before + 4);
  for (let n = 10; n < 15; n++) await seal(n);
  await pace.drain();
  assert.equal(await world.numberer.waitingBlinded(), 0);
  await pace.stop();
});

test("the pace follows the public calendar: quiet, and fast before the deadline of a published lot", async () => {
  const { pool } = world.database;
  await lot("lot_a", "2026-11-23T00:00:00.000Z", world.clock.now + 3 * 3_600_000);
  assert.deepEqual(await paceAt(pool, clock, usualPace), usualPace.quiet);
  world.clock.now += 2 * 3_600_000;
  assert.deepEqual(await paceAt(pool, clock, usualPace), usualPace.beforeDeadline);
  await pool.query("UPDATE transaction.lot SET is_public = false");
  assert.deepEqual(await paceAt(pool, clock, usualPace), usualPace.quiet);
});

test("the key of a day is recorded when no lot of that day is sealed any more, and then every filler can be told", async () => {
  const { pool } = world.database;
  const disclose = () => book.discloseDue(pool, new Views([]), random);
  assert.equal(await disclose(), 0, "the day is not over");
  world.clock.now += 24 * 3_600_000;
  await world.numberer.tick(3, fill);
  assert.equal(await disclose(), 0, "a lot of that day still waits for its deadline");
  await pool.query("UPDATE transaction.deadline SET done = true");
  assert.equal(await disclose(), 1);
  assert.equal(await disclose(), 0);
  await world.numberer.settle();
  const rows = await record();
  const disclosed = rows.find(({ type }) => type === "evidence.fillersDisclosed") ?? assert.fail();
  const { day, key, count } = disclosed.event.data as { day: string; key: string; count: number };
  const fillers = new Map(
    Array.from({ length: count }, (_, n) => {
      const { event, salt } = fillerOf({ day, key: fromHex(key) }, n);
      return [event.stream as string, Buffer.from(commitmentOf(salt, jcsText(event))).toString("hex")];
    }),
  );
  const blinded = rows.filter(({ event, type }) => type === "sealed.event" && !JSON.stringify(event).includes("2026-11-24T00"));
  assert.ok(fillers.size > 8);
  for (const { stream, commitment, event } of blinded)
    assert.equal(fillers.get(stream), "tag" in event.data ? undefined : commitment, "a filler is what its key says, and an act is none");
});

async function lot(id: string, openedAt: string, dueMs: number): Promise<void> {
  const { pool } = world.database;
  await pool.query(
    `INSERT INTO transaction.lot VALUES ($1, 'trn', 'prj', '', 'running', 'CO', '', NULL, '', '', '', '', '', '', 1, 1, 1, NULL, true, $2)`,
    [id, openedAt],
  );
  await pool.query(
    "INSERT INTO transaction.deadline (lot_id, milestone, version, run, due_ms, done) VALUES ($1, 'bidDeadline', 1, 1, $2, false)",
    [id, dueMs],
  );
}
