/**
 * How fast blinded entries are logged: by the public calendar alone (ADR 0032). The profile must never follow
 * load, or the number of entries would tell what it is there to hide.
 */
import type { Clock } from "../../kernel/index.ts";
import type { Pace, Queryable } from "../../record/index.ts";

export interface PaceProfile {
  quiet: Pace;
  /** From two hours before any published deadline until it. */
  beforeDeadline: Pace;
}

const windowMs = 2 * 3_600_000;

export const usualPace: PaceProfile = {
  quiet: { entries: 6, everyMs: 2_000 },
  beforeDeadline: { entries: 64, everyMs: 1_000 },
};

/** A city of made-up people on one machine, whose disk need not hold a quarter of a million fillers a day. */
export const sandboxPace: PaceProfile = {
  quiet: { entries: 4, everyMs: 2_000 },
  beforeDeadline: { entries: 8, everyMs: 1_000 },
};

/** Deadlines of published lots stand in their notices: everybody knows them. */
export async function paceAt(db: Queryable, clock: Clock, { quiet, beforeDeadline }: PaceProfile): Promise<Pace> {
  const now = clock.now();
  const { rows } = await db.query(
    `SELECT 1 FROM transaction.deadline d JOIN transaction.lot l USING (lot_id)
     WHERE NOT d.done AND l.is_public AND d.milestone = 'bidDeadline' AND d.due_ms BETWEEN $1::bigint AND $1::bigint + $2::bigint LIMIT 1`,
    [now, windowMs],
  );
  return rows.length > 0 ? beforeDeadline : quiet;
}
