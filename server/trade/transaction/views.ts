/** The only file that knows this stage's tables: lots as lists need them, and deadline rows. */
import { parseInstant } from "../../kernel/index.ts";
import type { Apply, Queryable, View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";
import { gramsOf, type LotFilter, normalised, rowsStatement } from "./search.ts";

export interface LotRow {
  lotId: string;
  transactionId: string;
  title: string;
  state: string;
  procedureId: string;
  buyer: string;
  agent: string | null;
  centre: string;
  supervisor: string;
  sector: string;
  regionCode: string;
  estimateFen: string;
  dealCode: string;
  round: number;
  lastStep: string | null;
  isPublic: boolean;
  /** Draft, tendering, opening, evaluation, publicity, result; or how the lot ended. */
  stage: string;
  bidDeadlineMs: number | null;
  openedAt: string;
}

const setState =
  (state: string): Apply =>
  async (tx, { stream }) => {
    await tx.query("UPDATE transaction.lot SET state = $2 WHERE lot_id = $1", [stream, state]);
    if (state !== "running") await tx.query("UPDATE transaction.deadline SET done = true WHERE lot_id = $1 AND NOT done", [stream]);
  };

export const lotView: View = {
  name: "transaction.lot",
  tables: ["transaction.deadline", "transaction.lot"],
  on: {
    "lot.opened": async (tx, { stream, data, at }) => {
      const words = `${data.title} ${data.codes.unifiedDealCode ?? ""}`;
      await tx.query(
        `INSERT INTO transaction.lot (lot_id, transaction_id, project_id, title, state, procedure_id, buyer, agent, centre, supervisor, sector, region_code, estimate_fen, deal_code, round, run, pass, is_public, opened_at, search, grams)
         VALUES ($1, $2, $3, $4, 'planned', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, false, $15, $16, $17)`,
        [
          stream,
          data.transactionId,
          data.projectId,
          data.title,
          data.procedureId,
          data.parties.buyer,
          data.parties.agent,
          data.parties.centre,
          data.parties.supervisor,
          data.sector,
          data.regionCode,
          data.estimateFen,
          data.codes.unifiedDealCode ?? "",
          data.round,
          at,
          normalised(words),
          gramsOf(words),
        ],
      );
    },
    "lot.lawBound": setState("running"),
    "lot.runStarted": async (tx, { stream, data }) => {
      await tx.query(
        `UPDATE transaction.lot SET run = $2, pass = $3,
           done_steps = ARRAY(SELECT step FROM unnest(done_steps) AS step WHERE step = ANY($4::text[]) ORDER BY step) WHERE lot_id = $1`,
        [stream, data.run, data.pass, data.standing ?? []],
      );
    },
    "lot.stepDone": async (tx, { stream, data }) => {
      await tx.query(
        `UPDATE transaction.lot SET last_step = $2, is_public = is_public OR $2 = 'tendering.publish',
           done_steps = ARRAY(SELECT DISTINCT step FROM unnest(done_steps || $2) AS step ORDER BY step) WHERE lot_id = $1`,
        [stream, data.step],
      );
    },
    "lot.milestoneSet": async (tx, { stream, data }) => {
      await tx.query(
        `INSERT INTO transaction.deadline (lot_id, milestone, version, run, due_ms, done) VALUES ($1, $2, $3, $4, $5, false)
         ON CONFLICT (lot_id, milestone) DO UPDATE SET version = $3, run = $4, due_ms = $5, done = false`,
        [stream, data.name, data.version, data.run, parseInstant(data.at)],
      );
      if (data.name === "bidDeadline")
        await tx.query("UPDATE transaction.lot SET bid_deadline_ms = $2, bid_deadline_reached = false WHERE lot_id = $1", [
          stream,
          parseInstant(data.at),
        ]);
    },
    "lot.milestoneReached": async (tx, { stream, data }) => {
      await tx.query("UPDATE transaction.deadline SET done = true WHERE lot_id = $1 AND milestone = $2", [stream, data.name]);
      if (data.name === "bidDeadline") await tx.query("UPDATE transaction.lot SET bid_deadline_reached = true WHERE lot_id = $1", [stream]);
    },
    "lot.held": async (tx, { stream, data }) => {
      const milestones = data.freezes.map((freeze: { milestone: string }) => freeze.milestone);
      await tx.query("UPDATE transaction.deadline SET frozen = frozen + 1 WHERE lot_id = $1 AND milestone = ANY($2)", [stream, milestones]);
    },
    "lot.holdReleased": async (tx, { stream, data }) => {
      await tx.query("UPDATE transaction.deadline SET frozen = frozen - 1 WHERE lot_id = $1 AND milestone = ANY($2)", [
        stream,
        data.milestones,
      ]);
    },
    "lot.failed": setState("failed"),
    "lot.cancelled": setState("cancelled"),
    "lot.completed": setState("completed"),
    "lot.renewed": setState("renewed"),
  },
};

export interface DueRow {
  lotId: string;
  milestone: string;
  version: number;
  dueMs: number;
}

/** The deadline that comes next, reached or not by now. */
export async function nextDue(db: Queryable): Promise<DueRow | undefined> {
  const [row] = await dueRows(db, "ORDER BY due_ms, lot_id, milestone LIMIT 1", []);
  return row;
}

/** Rows that are due, in order of due time (after an outage they run in that order, model.md §7). */
export async function dueAt(db: Queryable, now: number): Promise<DueRow[]> {
  return dueRows(db, "AND due_ms <= $1 ORDER BY due_ms, lot_id, milestone", [now]);
}

async function dueRows(db: Queryable, tail: string, values: unknown[]): Promise<DueRow[]> {
  const { rows } = await (db as Transaction).query<{ lot_id: string; milestone: string; version: number; due_ms: string }>(
    `SELECT lot_id, milestone, version, due_ms FROM transaction.deadline WHERE NOT done AND frozen = 0 ${tail}`,
    values,
  );
  return rows.map((row) => ({ lotId: row.lot_id, milestone: row.milestone, version: row.version, dueMs: Number(row.due_ms) }));
}

export async function listLots(db: Queryable, filter: LotFilter): Promise<LotRow[]> {
  const { text, values } = rowsStatement(filter);
  const { rows } = await (db as Transaction).query(text, values);
  return rows.map((row) => ({
    lotId: row.lot_id,
    transactionId: row.transaction_id,
    title: row.title,
    state: row.state,
    procedureId: row.procedure_id,
    buyer: row.buyer,
    agent: row.agent,
    centre: row.centre,
    supervisor: row.supervisor,
    sector: row.sector,
    regionCode: row.region_code,
    estimateFen: row.estimate_fen,
    dealCode: row.deal_code,
    round: row.round,
    lastStep: row.last_step,
    isPublic: row.is_public,
    stage: row.stage,
    openedAt: row.opened_at,
    bidDeadlineMs: row.bid_deadline_ms === null ? null : Number(row.bid_deadline_ms),
  }));
}
