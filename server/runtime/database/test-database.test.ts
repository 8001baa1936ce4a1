import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import { type Migration, readMigrations } from "./migrate.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

const open: TestDatabase[] = [];
after(async () => {
  for (const database of open) await database.drop();
});

async function fresh(migrations?: Migration[]): Promise<TestDatabase> {
  const database = await testDatabase(migrations);
  open.push(database);
  return database;
}

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

test("a test gets a migrated database of its own", async () => {
  const [one, other] = await Promise.all([fresh(), fresh()]);
  const { rows } = await one.pool.query("SELECT name FROM runtime.migration ORDER BY name");
  assert.deepEqual(
    rows,
    readMigrations().map(({ name }) => ({ name })),
  );
  await one.pool.query("CREATE TABLE only_here (x int)");
  await assert.rejects(other.pool.query("SELECT * FROM only_here"), /does not exist/);
});

test("what was acknowledged is on disk: fsync and synchronous_commit are on", async () => {
  const { pool } = await fresh();
  assert.equal((await pool.query("SHOW fsync")).rows[0].fsync, "on");
  assert.equal((await pool.query("SHOW synchronous_commit")).rows[0].synchronous_commit, "on");
});

test("other migrations make another template", async () => {
  const { pool } = await fresh([migration("0001-one.sql", "CREATE TABLE one (x int)")]);
  assert.deepEqual((await pool.query("SELECT count(*) FROM one")).rows, [{ count: "0" }]);
});

test("a dropped database is gone, even with a session still open on it", async () => {
  const gone = await testDatabase();
  const name = new URL(gone.url).pathname.slice(1);
  await gone.drop();
  const { pool } = await fresh();
  assert.equal((await pool.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount, 0);
});
