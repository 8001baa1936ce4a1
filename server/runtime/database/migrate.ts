/**
 * Brings a database to the newest form by the numbered files of `database/migrations`.
 *
 * Each file runs once, in order of its number, each in a transaction of its own, under an advisory lock so that several
 * processes may start at once. A file that was changed or added below the last one applied is refused: history is not rewritten.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crashPoint } from "../crash/crash-points.ts";
import { HouseError, houseErrorFrom } from "./house-error.ts";
import { openPool, type Transaction } from "./pool.ts";

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** "Egret" in bytes; any constant that nobody else uses. */
const LOCK = "0x4567726574";
const NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

export const MIGRATIONS_FOLDER = join(import.meta.dirname, "../../../database/migrations");

/** The migrations of a folder in their order. A file that is named otherwise is an error. */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const misnamed = names.find((name) => !NAME.test(name));
  if (misnamed !== undefined) throw new HouseError("migration", `The migration ${misnamed} must be named like 0001-what-it-does.sql.`);
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/** One number for a whole set of migrations. */
export function migrationsChecksum(migrations: readonly Migration[]): string {
  const all = createHash("sha256");
  for (const { name, checksum } of migrations) all.update(`${name} ${checksum}\n`);
  return all.digest("hex");
}

/** Applies what is missing; gives the names of the files that it applied. */
export async function migrate(url: string, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  const pool = openPool({ url, max: 1 });
  const client = await pool.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${BigInt(LOCK)})`);
    return await applyMissing(client, migrations);
  } catch (error) {
    throw houseErrorFrom(error) ?? error;
  } finally {
    client.release(true);
    await pool.end();
  }
}

async function applyMissing(client: Transaction, migrations: readonly Migration[]): Promise<string[]> {
  await client.query("CREATE SCHEMA IF NOT EXISTS runtime");
  await client.query(`CREATE TABLE IF NOT EXISTS runtime.migration (
    name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows } = await client.query<{ name: string; checksum: string }>("SELECT name, checksum FROM runtime.migration ORDER BY name");
  refuseRewrittenHistory(rows, migrations);
  const missing = migrations.slice(rows.length);
  for (const migration of missing) await applyOne(client, migration);
  return missing.map(({ name }) => name);
}

function refuseRewrittenHistory(applied: readonly { name: string; checksum: string }[], migrations: readonly Migration[]): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const here = migrations[index];
    if (here === undefined || !migrations.some((one) => one.name === name)) {
      throw new HouseError("migration", `The database is newer than this program: it already has the migration ${name}.`);
    }
    if (here.name !== name)
      throw new HouseError("migration", `The migration ${here.name} came after ${name} had been applied: give it a later number.`);
    if (here.checksum !== checksum)
      throw new HouseError("migration", `The migration ${name} was changed after it had been applied: restore it and write a new one.`);
  }
}

async function applyOne(client: Transaction, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query("INSERT INTO runtime.migration (name, checksum) VALUES ($1, $2)", [name, checksum]);
    crashPoint("CP17.migrating");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw houseErrorFrom(error) ?? new HouseError("migration", `The migration ${name} failed: ${why}.`, error);
  }
}
