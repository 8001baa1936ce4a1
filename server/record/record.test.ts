import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { seededRandom } from "../kernel/index.ts";
import { transaction } from "../runtime/database/index.ts";
import { type TestDatabase, testDatabase } from "../runtime/database/test-database.ts";
import {
  append,
  type Cause,
  checkRecord,
  ManyAppender,
  Numberer,
  readAfter,
  readStream,
  Subscriber,
  VersionConflict,
  type View,
  Views,
} from "./index.ts";

const cause: Cause = { at: "2026-11-02T01:00:00.000Z", actor: "per_1", membership: null, commandId: "cmd_1", act: null };
const random = seededRandom("record");
const options = (views = new Views([]), expected?: Map<string, number>) => ({
  cause,
  random: (bytes: number) => random.bytes(bytes),
  views,
  expected,
});

let database: TestDatabase;
let numberer: Numberer;
before(async () => {
  database = await testDatabase();
  numberer = new Numberer({ pool: database.pool, now: () => 1_000 });
});
after(async () => {
  await numberer.stop();
  await database.drop();
});

test("streams are dense and a decision on old state is refused", async () => {
  await transaction(database.pool, (tx) =>
    append(
      tx,
      [
        { stream: "a", type: "x.done", data: { n: 1 } },
        { stream: "a", type: "x.done", data: { n: 2 } },
      ],
      options(),
    ),
  );
  await assert.rejects(
    transaction(database.pool, (tx) =>
      append(tx, [{ stream: "a", type: "x.done", data: {} }], options(new Views([]), new Map([["a", 1]]))),
    ),
    VersionConflict,
  );
  assert.deepEqual(
    (await readStream(database.pool, "a")).map((event) => event.version),
    [1, 2],
  );
});

test("a transaction that commits late is numbered late: nothing appears behind a reader (I08)", async () => {
  const slow = await database.pool.connect();
  await slow.query("BEGIN");
  await append(slow, [{ stream: "slow", type: "x.done", data: {} }], options());
  await transaction(database.pool, (tx) => append(tx, [{ stream: "fast", type: "x.done", data: {} }], options()));
  await numberer.settle();
  const seen = await readAfter(database.pool, -1, 100);
  await slow.query("COMMIT");
  slow.release();
  await numberer.settle();
  const all = await readAfter(database.pool, -1, 100);
  assert.deepEqual(all.slice(0, seen.length), seen);
  assert.deepEqual(
    all.map((event) => event.position),
    all.map((_, i) => i),
  );
  assert.equal(all[all.length - 1]?.stream, "slow");
});

test("an event takes its number inside its own transaction, and a rollback takes the number back", async () => {
  const all = await readAfter(database.pool, -1, 100);
  const append1 = (stream: string) =>
    transaction(database.pool, async (tx) => {
      await append(tx, [{ stream, type: "x.done", data: {} }], options());
      const place = await numberer.numberInside(tx, stream);
      if (stream === "late") throw new Error("late");
      return place;
    });
  await assert.rejects(append1("late"), /late/);
  assert.deepEqual(await append1("in-time"), { seq: all.length, at: "1970-01-01T00:00:01.000Z" });
  assert.deepEqual(
    (await readAfter(database.pool, all.length - 1, 100)).map(({ stream }) => stream),
    ["in-time"],
  );
  assert.notEqual(numberer.head, all.length);
  await numberer.settle();
  assert.equal(numberer.head, all.length, "readers are woken for it");
});

test("views change with the append and rebuild to the same rows (I09)", async () => {
  await database.pool.query("CREATE TABLE tally (stream text PRIMARY KEY, n int)");
  const view: View = {
    name: "test.tally",
    tables: ["tally"],
    on: {
      "y.done": async (tx, event) =>
        void (await tx.query("INSERT INTO tally VALUES ($1, 1) ON CONFLICT (stream) DO UPDATE SET n = tally.n + 1", [event.stream])),
    },
  };
  const views = new Views([view]);
  await transaction(database.pool, (tx) =>
    append(
      tx,
      [
        { stream: "t", type: "y.done", data: {} },
        { stream: "t", type: "y.done", data: {} },
      ],
      options(views),
    ),
  );
  await transaction(database.pool, async (tx) => {
    const print = await views.fingerprint(tx, "test.tally");
    await views.rebuild(tx, "test.tally");
    assert.deepEqual(await views.fingerprint(tx, "test.tally"), print);
  });
  assert.deepEqual((await database.pool.query("SELECT n FROM tally")).rows, [{ n: 2 }]);
});

test("a durable subscriber sees every event once, also after it fell over", async () => {
  const seen: string[] = [];
  let failures = 1;
  const make = () =>
    new Subscriber(
      database.pool,
      numberer,
      {
        name: "test",
        batch: 2,
        handle: async (events) => {
          if (events[0]?.position === 2 && failures-- > 0) throw new Error("falls over");
          seen.push(...events.map((event) => `${event.position}`));
        },
      },
      () => undefined,
    );
  const first = make();
  first.start();
  await first.caughtUp();
  await first.stop();
  const second = make();
  await numberer.settle();
  second.start();
  await second.caughtUp();
  await second.stop();
  const all = await readAfter(database.pool, -1, 100);
  assert.deepEqual(
    seen,
    all.map((event) => `${event.position}`),
  );
});

test("many writers share a commit, and a stream with another writer is fenced", async () => {
  const many = new ManyAppender({ pool: database.pool, random: (bytes) => random.bytes(bytes) });
  many.own("hot", { version: 0, hash: new Uint8Array(32) });
  const events = await Promise.all(
    Array.from({ length: 250 }, (_, n) => many.append({ stream: "hot", type: "z.done", data: { n } }, cause)),
  );
  assert.deepEqual(
    events.map((event) => event.version),
    events.map((_, i) => i + 1),
  );
  await transaction(database.pool, (tx) => append(tx, [{ stream: "hot", type: "z.done", data: {} }], options()));
  await assert.rejects(many.append({ stream: "hot", type: "z.done", data: {} }, cause), VersionConflict);
});

test("a stream is never in two batches at once: where the first fails, nothing that follows it is written", async () => {
  const many = new ManyAppender({ pool: database.pool, random: (bytes) => random.bytes(bytes) });
  many.own("contested", { version: 0, hash: new Uint8Array(32) });
  await transaction(database.pool, (tx) => append(tx, [{ stream: "contested", type: "z.done", data: {} }], options()));
  const answers = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) => many.append({ stream: "contested", type: "z.done", data: { n } }, cause)),
  );
  assert.ok(answers.every((answer) => answer.status === "rejected" && answer.reason instanceof VersionConflict));
  const { rows } = await database.pool.query<{ version: number }>("SELECT version FROM record.event WHERE stream = 'contested'");
  assert.deepEqual(
    rows.map(({ version }) => version),
    [1],
  );
});

test("one changed, removed or reordered event is found", async () => {
  await numberer.settle();
  assert.equal((await checkRecord(database.pool)).fault, null);
  await assert.rejects(database.pool.query("UPDATE record.event SET event = event || ' ' WHERE stream = 'fast'"), /append-only/);
  await database.pool.query("ALTER TABLE record.event DISABLE TRIGGER event_is_append_only");
  await database.pool.query(`UPDATE record.event SET event = replace(event, '"n":1', '"n":7') WHERE stream = 'a' AND version = 1`);
  assert.match((await checkRecord(database.pool)).fault?.reason ?? "", /does not open its commitment/);
});
