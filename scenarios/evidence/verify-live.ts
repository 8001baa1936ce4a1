/** `verify -- --live` as an operator calls it, on a house of a scenario. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const program = join(import.meta.dirname, "../../server/app/verify-live.ts");

/** Exit code, and all that it said. */
export function verifyLive({ home, databaseUrl }: { home: string; databaseUrl: string }): { code: number | null; said: string } {
  const environment = { ...process.env, EGRET_HOME: home, DATABASE_URL: databaseUrl };
  const { status: code, stdout, stderr } = spawnSync(process.execPath, [program, "--live"], { env: environment, encoding: "utf8" });
  return { code, said: stdout + stderr };
}
