/**
 * Runs the record and one story on the oldest PostgreSQL that we serve (15), when the machine has its programs: the same launcher
 * starts a server of its own from them, never the machine's. Where they are missing it says loudly that this was not run.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { startSharedServer, stopSharedServer } from "../../server/runtime/database/index.ts";
import { ROOT, sourceFiles } from "../source-files.ts";
import { NOTHING, type Tally } from "../tally.ts";
import { runTestFiles } from "../unit-tests/unit-tests.ts";

const FOLDERS = ["/usr/lib/postgresql/15", "/usr/pgsql-15"];
/** What touches the database most; the launcher's own tests are about the embedded server. */
const TRIED =
  /^server\/record\/.*\.test\.ts$|^server\/runtime\/database\/(migrate|pool|test-database)\.test\.ts$|^scenarios\/construction-open\.test\.ts$/;

export async function runOnOldestPostgres(): Promise<Tally> {
  const native = FOLDERS.find((folder) => existsSync(join(folder, "bin/postgres")));
  if (native === undefined) {
    console.log("!! NOT RUN: PostgreSQL 15 is not installed here, so nothing was tried on the oldest version that Egret serves.");
    return NOTHING;
  }
  const home = process.env.EGRET_HOME ?? join(ROOT, ".egret");
  const folder = resolve(home, "test-postgres-15");
  const kept = process.env.DATABASE_URL_TEST;
  process.env.DATABASE_URL_TEST = await startSharedServer(folder, { say: console.log, native });
  try {
    return await runTestFiles(
      sourceFiles().filter((path) => TRIED.test(path)),
      1,
    );
  } finally {
    if (kept === undefined) delete process.env.DATABASE_URL_TEST;
    else process.env.DATABASE_URL_TEST = kept;
    await stopSharedServer(folder, native);
  }
}
