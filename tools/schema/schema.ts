/** Compares `database/schema.sql` with what the migrations make, or writes it anew. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Migration, readMigrations } from "../../server/runtime/database/index.ts";
import { testDatabase } from "../../server/runtime/database/test-database.ts";
import { ROOT } from "../source-files.ts";
import { describeSchema } from "./describe-schema.ts";

const FILE = join(ROOT, "database/schema.sql");

/** The form that the migrations make, on a new database. */
export async function schemaOf(migrations: readonly Migration[]): Promise<string> {
  const { pool, drop } = await testDatabase(migrations);
  try {
    return await describeSchema(pool);
  } finally {
    await drop();
  }
}

/** The first line in which two texts differ, as one sentence; nothing when they agree. */
export function firstDifference(kept: string, made: string): string[] {
  if (kept === made) return [];
  const [keptLines, madeLines] = [kept.split("\n"), made.split("\n")];
  const index = madeLines.findIndex((line, at) => line !== keptLines[at]);
  const line = index < 0 ? madeLines.length : index;
  return [
    `database/schema.sql:${line + 1} says "${keptLines[line] ?? "(end)"}", the migrations make "${madeLines[line] ?? "(end)"}" (npm run check -- --fix writes it anew)`,
  ];
}

/** Findings of the comparison; with `fix` the file is written and there are none. Two migrations of one number are a finding. */
export async function schemaFindings(fix: boolean): Promise<string[]> {
  const migrations = readMigrations();
  const doubled = migrations.filter(({ name }, index) => migrations[index - 1]?.name.slice(0, 4) === name.slice(0, 4));
  const made = await schemaOf(migrations);
  if (fix) writeFileSync(FILE, made);
  const kept = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  return [...doubled.map(({ name }) => `database/migrations/${name} has the number of another migration`), ...firstDifference(kept, made)];
}
