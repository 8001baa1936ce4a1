import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPool, transaction } from "./pool.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

let database: TestDatabase;
before(async () => {
  database = await testDatabase([]);
  await database.pool.query("CREATE TABLE note (x bigint)");
});
after(() => database.drop());

test("big integers and exact numbers arrive as strings, never as floats", async () => {
  const { rows } = await database.pool.query("SELECT 9007199254740993::int8 AS big, 0.1::numeric AS exact");
  assert.deepEqual(rows, [{ big: "9007199254740993", exact: "0.1" }]);
});

test("a transaction that returns is committed, one that throws is rolled back and its connection is reused", async () => {
  const kept = await transaction(database.pool, async (tx) => {
    await tx.query("INSERT INTO note VALUES (1)");
    return "kept";
  });
  const thrown = new Error("no");
  const failing = transaction(database.pool, async (tx) => {
    await tx.query("INSERT INTO note VALUES (2)");
    throw thrown;
  });
  await assert.rejects(failing, thrown);
  assert.equal(kept, "kept");
  assert.deepEqual((await database.pool.query("SELECT x FROM note")).rows, [{ x: "1" }]);
});

test("a connection that dies inside a transaction fails that transaction only", async () => {
  const pool = openPool({ url: database.url, max: 1 });
  const failing = transaction(pool, async (tx) => {
    const { rows } = await tx.query("SELECT pg_backend_pid() AS pid");
    await database.pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
    await tx.query("SELECT 1");
  });
  await assert.rejects(failing);
  assert.equal(await transaction(pool, async (tx) => (await tx.query("SELECT 3 AS x")).rows[0].x), 3);
  await pool.end();
});

test("a connection that dies while somebody holds it idle fails the next query, not the process", async () => {
  const pool = openPool({ url: database.url, max: 1 });
  const held = await pool.connect();
  const { rows } = await held.query("SELECT pg_backend_pid() AS pid");
  const ended = new Promise((end) => held.once("end", end));
  await database.pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  await ended;
  await assert.rejects(held.query("SELECT 1"));
  held.release(true);
  assert.equal((await pool.query("SELECT 4 AS x")).rows[0].x, 4);
  await pool.end();
});
