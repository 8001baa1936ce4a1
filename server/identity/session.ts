/**
 * Sessions run on machine time, not on trade time (decisions §1). Only the hash of a token is kept. A person sees
 * and ends its own; a switch of role gives a new token and stands in the audit.
 */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Random } from "../kernel/index.ts";
import type { Pool, Queryable, Transaction } from "../runtime/database/index.ts";

const lifeMs = 8 * 3_600_000;
const idleMs = 30 * 60_000;
/** How often `seen` is written: a read of every request is not to become a write. */
const seenStepMs = 60_000;

/** How somebody came in. `sandbox`: chosen from the list of people, in a sandbox only. */
export type Means = "sandbox" | "certificate" | "passkey" | "password" | "phone";

export interface Session {
  id: string;
  personId: string;
  means: Means;
  membership: string | null;
}

export interface OpenSession extends Session {
  openedMs: number;
  seenMs: number;
}

interface SessionWish {
  personId: string;
  machineNow: number;
  random: Random;
  means?: Means;
  membership?: string | null;
}

export async function openSession(
  pool: Queryable,
  { personId, machineNow, random, means = "sandbox", membership = null }: SessionWish,
): Promise<string> {
  const token = hex(random.bytes(32));
  await (pool as Pool).query(
    "INSERT INTO identity.session (token_hash, person_id, opened_ms, ends_ms, id, means, seen_ms, membership) VALUES ($1, $2, $3, $4, $5, $6, $3, $7)",
    [sha256(token), personId, machineNow, machineNow + lifeMs, hex(random.bytes(8)), means, membership],
  );
  await audit(pool, { machineNow, personId, what: "session.opened", data: { means } });
  return token;
}

/** The session behind a token, or undefined when it is unknown, idle for too long, or over. A choice in a sandbox does not idle out. */
export async function findSession(pool: Pool, token: string, machineNow: number): Promise<Session | undefined> {
  const { rows } = await pool.query<{ id: string; person_id: string; means: Means; membership: string | null; seen_ms: string }>(
    "SELECT id, person_id, means, membership, seen_ms FROM identity.session WHERE token_hash = $1 AND ends_ms > $2 AND (means = 'sandbox' OR seen_ms > $3)",
    [sha256(token), machineNow, machineNow - idleMs],
  );
  const row = rows[0];
  if (!row) return undefined;
  if (machineNow - Number(row.seen_ms) > seenStepMs)
    await pool.query("UPDATE identity.session SET seen_ms = $2 WHERE token_hash = $1", [sha256(token), machineNow]);
  return { id: row.id, personId: row.person_id, means: row.means, membership: row.membership };
}

export async function endSession(pool: Pool, token: string): Promise<void> {
  await pool.query("DELETE FROM identity.session WHERE token_hash = $1", [sha256(token)]);
}

export async function sessionsOf(pool: Pool, personId: string, machineNow: number): Promise<OpenSession[]> {
  const { rows } = await pool.query<{ id: string; means: Means; membership: string | null; opened_ms: string; seen_ms: string }>(
    "SELECT id, means, membership, opened_ms, seen_ms FROM identity.session WHERE person_id = $1 AND ends_ms > $2 AND (means = 'sandbox' OR seen_ms > $3) ORDER BY opened_ms, id",
    [personId, machineNow, machineNow - idleMs],
  );
  return rows.map(({ id, means, membership, opened_ms, seen_ms }) => ({
    id,
    personId,
    means,
    membership,
    openedMs: Number(opened_ms),
    seenMs: Number(seen_ms),
  }));
}

/** Ends one of the person's own sessions. @returns whether there was one. */
export async function endSessionById(pool: Pool, wish: { personId: string; id: string; machineNow: number }): Promise<boolean> {
  const { rowCount } = await pool.query("DELETE FROM identity.session WHERE person_id = $1 AND id = $2", [wish.personId, wish.id]);
  if (rowCount) await audit(pool, { machineNow: wish.machineNow, personId: wish.personId, what: "session.ended", data: { id: wish.id } });
  return Boolean(rowCount);
}

/** The role that a person works in from now on: the old token is dead, the switch is recorded. */
export async function switchMembership(
  pool: Pool,
  wish: { token: string; session: Session; membership: string; machineNow: number; random: Random },
): Promise<string> {
  const { session, membership, machineNow, random } = wish;
  const fresh = hex(random.bytes(32));
  await pool.query("UPDATE identity.session SET token_hash = $2, membership = $3, seen_ms = $4 WHERE token_hash = $1", [
    sha256(wish.token),
    sha256(fresh),
    membership,
    machineNow,
  ]);
  await audit(pool, { machineNow, personId: session.personId, what: "role.switched", data: { from: session.membership, to: membership } });
  return fresh;
}

/** A membership has ended: sessions that work in it end in the same transaction, all of them when no other is left. */
export async function endSessionsOf(tx: Pick<Transaction, "query">, membershipId: string, at: string): Promise<void> {
  await tx.query("DELETE FROM identity.session WHERE membership = $1", [membershipId]);
  await tx.query(
    `DELETE FROM identity.session s USING identity.membership m WHERE m.id = $1 AND s.person_id = m.person_id
     AND NOT EXISTS (SELECT 1 FROM identity.membership o WHERE o.person_id = m.person_id AND (o.valid_to IS NULL OR o.valid_to > $2))`,
    [membershipId, at],
  );
  await tx.query(
    `DELETE FROM identity.issuer i USING identity.membership m WHERE m.id = $1 AND i.account = m.person_id
     AND NOT EXISTS (SELECT 1 FROM identity.membership o WHERE o.person_id = m.person_id AND (o.valid_to IS NULL OR o.valid_to > $2))`,
    [membershipId, at],
  );
}

export async function audit(
  db: Queryable,
  entry: { machineNow: number; personId: string; what: string; data: Record<string, unknown> },
): Promise<void> {
  await (db as Pool).query("INSERT INTO identity.audit (machine_ms, person_id, what, data) VALUES ($1, $2, $3, $4)", [
    entry.machineNow,
    entry.personId,
    entry.what,
    JSON.stringify(entry.data),
  ]);
}
