/**
 * Slows down guessing: after five failures in a quarter of an hour the next try waits, each further one twice as
 * long. Counted by account and by device, on machine time. It never stands before a passkey or a certificate, so
 * nobody can lock somebody else out (security.md §7).
 */
import type { Pool } from "../../runtime/database/index.ts";

const windowMs = 15 * 60_000;
const free = 5;
const firstWaitMs = 30_000;

/** Milliseconds to wait from now; 0 when a try is free. */
export function waitAfter(failuresMs: readonly number[], now: number): number {
  const recent = failuresMs.filter((at) => at > now - windowMs);
  if (recent.length < free) return 0;
  const wait = Math.min(firstWaitMs * 2 ** (recent.length - free), windowMs);
  return Math.max(0, Math.max(...recent) + wait - now);
}

export async function waitFor(pool: Pool, keys: readonly string[], machineNow: number): Promise<number> {
  const waits = await Promise.all(
    keys.map(async (key) => {
      const { rows } = await pool.query<{ machine_ms: string }>(
        "SELECT machine_ms FROM identity.failure WHERE key = $1 AND machine_ms > $2",
        [key, machineNow - windowMs],
      );
      return waitAfter(
        rows.map((row) => Number(row.machine_ms)),
        machineNow,
      );
    }),
  );
  return Math.max(0, ...waits);
}

export async function countFailure(pool: Pool, keys: readonly string[], machineNow: number): Promise<void> {
  await pool.query("DELETE FROM identity.failure WHERE machine_ms < $1", [machineNow - windowMs]);
  await pool.query("INSERT INTO identity.failure (key, machine_ms) SELECT key, $2 FROM unnest($1::text[]) AS key", [keys, machineNow]);
}

export async function forgetFailures(pool: Pool, key: string): Promise<void> {
  await pool.query("DELETE FROM identity.failure WHERE key = $1", [key]);
}
