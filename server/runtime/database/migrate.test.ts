import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import { HouseError } from "./house-error.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

const open: TestDatabase[] = [];
after(async () => {
  for (const database of open) await database.drop();
});

async function empty(): Promise<TestDatabase> {
  const database = await testDatabase([]);
  open.push(database);
  return database;
}

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

const one = migration("0001-one.sql", "CREATE TABLE one (x int)");
const two = migration("0002-two.sql", "INSERT INTO one VALUES (2)");
const migrationFault = (words: RegExp) => (error: unknown) =>
  error instanceof HouseError && error.problem === "migration" && words.test(error.message);

test("the files of the project are numbered, each number once", () => {
  const numbers = readMigrations().map(({ name }) => name.slice(0, 4));
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test("each file is applied once, and later ones are added", async () => {
  const { url, pool } = await empty();
  assert.deepEqual(await migrate(url, [one]), ["0001-one.sql"]);
  assert.deepEqual(await migrate(url, [one, two]), ["0002-two.sql"]);
  assert.deepEqual(await migrate(url, [one, two]), []);
  assert.deepEqual((await pool.query("SELECT x FROM one")).rows, [{ x: 2 }]);
});

test("processes that start at once apply each file once", async () => {
  const { url, pool } = await empty();
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, [one, two])));
  assert.deepEqual(applied.flat().sort(), ["0001-one.sql", "0002-two.sql"]);
  assert.equal((await pool.query("SELECT x FROM one")).rowCount, 1);
});

test("a changed, a removed and a late file are refused", async () => {
  const { url } = await empty();
  await migrate(url, [one, two]);
  await assert.rejects(migrate(url, [one, migration("0002-two.sql", "SELECT 1")]), migrationFault(/0002-two.sql was changed/));
  await assert.rejects(migrate(url, [one]), migrationFault(/newer than this program/));
  await assert.rejects(migrate(url, [one, migration("0001-z.sql", ""), two]), migrationFault(/0001-z.sql came after/));
});

test("a file that fails leaves nothing behind", async () => {
  const { url, pool } = await empty();
  const broken = migration("0001-broken.sql", "CREATE TABLE half (x int); SELECT 1 / 0");
  await assert.rejects(migrate(url, [broken]), migrationFault(/0001-broken.sql failed: division by zero/));
  await assert.rejects(pool.query("SELECT * FROM half"), /does not exist/);
  assert.equal((await pool.query("SELECT * FROM runtime.migration")).rowCount, 0);
});
