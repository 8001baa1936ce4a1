/** Sessions run on machine time, not on trade time (decisions §1). Only the hash of a token is kept. */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Random } from "../kernel/index.ts";
import type { Pool } from "../runtime/database/index.ts";

const lifeMs = 8 * 3_600_000;

export async function openSession(pool: Pool, wish: { personId: string; machineNow: number; random: Random }): Promise<string> {
  const token = hex(wish.random.bytes(32));
  await pool.query("INSERT INTO identity.session (token_hash, person_id, opened_ms, ends_ms) VALUES ($1, $2, $3, $4)", [
    sha256(token),
    wish.personId,
    wish.machineNow,
    wish.machineNow + lifeMs,
  ]);
  return token;
}

/** The person behind a token, or undefined when it is unknown or over. */
export async function findSession(pool: Pool, token: string, machineNow: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ person_id: string }>("SELECT person_id FROM identity.session WHERE token_hash = $1 AND ends_ms > $2", [
    sha256(token),
    machineNow,
  ]);
  return rows[0]?.person_id;
}

export async function endSession(pool: Pool, token: string): Promise<void> {
  await pool.query("DELETE FROM identity.session WHERE token_hash = $1", [sha256(token)]);
}
