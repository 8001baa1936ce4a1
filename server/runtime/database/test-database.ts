/**
 * A real database for one test: freshly migrated, its own, and quick to make.
 *
 * All test processes of a machine share one server (under `.egret/test-postgres`, or DATABASE_URL_TEST); it is left running.
 * The migrated form is kept as a template, named after the migrations' checksum, and each test gets a copy. For tests only.
 */
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import pg from "pg";
import { startSharedServer } from "./launcher.ts";
import { withMachineLock } from "./machine-lock.ts";
import { type Migration, migrate, migrationsChecksum, readMigrations } from "./migrate.ts";
import { openPool, type Pool } from "./pool.ts";

export type TestDatabase = {
  readonly url: string;
  readonly pool: Pool;
  /** Ends the pool and removes the database, even when sessions of others are still open on it. */
  drop(): Promise<void>;
};

let server: Promise<string> | undefined;

/** A new database with all migrations applied; `drop()` it when the test ends. */
export async function testDatabase(migrations: readonly Migration[] = readMigrations()): Promise<TestDatabase> {
  server ??= openServer();
  const adminUrl = await server;
  const template = await ensureTemplate(adminUrl, migrations);
  const name = `egret_test_${process.pid}_${randomBytes(5).toString("hex")}`;
  await asAdmin(adminUrl, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = withDatabase(adminUrl, name);
  const pool = openPool({ url });
  const drop = async () => {
    await pool.end();
    await asAdmin(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { url, pool, drop };
}

/** An administrator's URL of the tests' server. */
async function openServer(): Promise<string> {
  const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../../.egret");
  const url =
    process.env.DATABASE_URL_TEST ??
    (await startSharedServer(resolve(home, "test-postgres"), { say: (sentence) => console.error(sentence) }));
  await dropLeftOvers(url);
  return url;
}

/** Databases of test processes of this machine that were killed before they could clean up. */
async function dropLeftOvers(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string }>(`SELECT datname AS name FROM pg_database WHERE datname ~ '^egret_test_[0-9]+_'`);
    for (const { name } of rows) {
      if (isAlive(Number(name.split("_")[2]))) continue;
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function ensureTemplate(adminUrl: string, migrations: readonly Migration[]): Promise<string> {
  const name = `egret_template_${migrationsChecksum(migrations).slice(0, 16)}`;
  if (await exists(adminUrl, name)) return name;
  return withMachineLock(`template ${name}`, async () => {
    if (await exists(adminUrl, name)) return name;
    // Built under another name, so that a build cut short is never copied.
    const unfinished = `${name}_unfinished`;
    await asAdmin(adminUrl, async (admin) => {
      await admin.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${unfinished}`);
    });
    await migrate(withDatabase(adminUrl, unfinished), migrations);
    await asAdmin(adminUrl, (admin) => admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`));
    return name;
  });
}

async function exists(adminUrl: string, name: string): Promise<boolean> {
  return asAdmin(adminUrl, async (admin) => (await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount === 1);
}

async function asAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl, application_name: "egret test" });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
