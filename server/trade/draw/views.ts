/** The only file that knows this stage's table: which draws a lot has, and of which subject. */
import type { Apply, Queryable, View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

const setState =
  (state: string): Apply =>
  async (tx, { stream }) => {
    await tx.query("UPDATE draw.draw SET state = $2 WHERE draw_id = $1", [stream, state]);
  };

export const drawView: View = {
  name: "draw.draw",
  tables: ["draw.draw"],
  on: {
    "drw.prepared": async (tx, { stream, at, data }) => {
      await tx.query(
        "INSERT INTO draw.draw (draw_id, lot_id, purpose, subject, state, prepared_at) VALUES ($1, $2, $3, $4, 'prepared', $5)",
        [stream, data.lotId, data.purpose, data.subject, at],
      );
    },
    "drw.frozen": async (tx, { stream, data }) => {
      // A plan hash is unique: a plan is never drawn twice (draw-v1 §2; CON-099).
      await tx.query("UPDATE draw.draw SET state = 'frozen', plan_hash = $2 WHERE draw_id = $1", [stream, data.planHash]);
    },
    "drw.sharesClosed": setState("revealing"),
    "drw.derived": setState("derived"),
    "drw.failed": setState("failed"),
    "drw.published": setState("published"),
    "drw.voided": setState("void"),
  },
};

/** Ids of the draws of a lot, in the order in which they were prepared. */
export async function drawIdsOf(db: Queryable, lotId: string, purpose?: string): Promise<string[]> {
  const { rows } = await (db as Transaction).query<{ draw_id: string }>(
    "SELECT draw_id FROM draw.draw WHERE lot_id = $1 AND ($2::text IS NULL OR purpose = $2) ORDER BY prepared_at, draw_id",
    [lotId, purpose ?? null],
  );
  return rows.map((row) => row.draw_id);
}

/** The draws of one subject that came before; the last one decides whether a new plan is allowed. */
export async function lastDrawIdOn(db: Queryable, subject: string): Promise<string | undefined> {
  const { rows } = await (db as Transaction).query<{ draw_id: string }>(
    "SELECT draw_id FROM draw.draw WHERE subject = $1 ORDER BY prepared_at DESC, draw_id DESC LIMIT 1",
    [subject],
  );
  return rows[0]?.draw_id;
}
