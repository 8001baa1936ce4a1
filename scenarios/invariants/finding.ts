/**
 * What an invariant scan looks at and what it finds (reliability §1). A scan reads what is durable and what
 * clients were told; it never asks the code that decided. No finding is the only good answer.
 */

import { type PlacedEvent, readAfter, type Views } from "../../server/record/index.ts";
import type { Pool } from "../../server/runtime/database/index.ts";
import type { Stage } from "../../server/trade/transaction/index.ts";

export interface Finding {
  /** I03 … I21. */
  invariant: string;
  /** Stream, command or row. */
  where: string;
  words: string;
}

/** A first answer as the database keeps it. */
export interface KeptCommand {
  actor: string;
  key: string;
  status: number;
  answer: string;
}

export interface DeadlineRow {
  lotId: string;
  milestone: string;
  dueMs: number;
  frozen: number;
  done: boolean;
}

/** What a client was told about an act. */
export interface ToldAnswer {
  commandId: string;
  status: number;
  text: string;
}

/** What a client was shown: path below the interface's base, and the answer. */
export interface ShownAnswer {
  path: string;
  body: unknown;
}

/** The bank's own books, as the simulator shows them to its driver. */
export interface BankBooks {
  mains: readonly { balanceFen: string; entries: readonly { dc: string; amountFen: string; orderId?: string | null }[] }[];
  orders: readonly { orderId: string; state: string; [field: string]: unknown }[];
  receipts: readonly { bankRef: string; account: string; amountFen: string; [field: string]: unknown }[];
}

export interface Scanned {
  pool: Pool;
  views: Views;
  stages: readonly Stage[];
  /** Trade time of the scan. */
  now: number;
  events: readonly PlacedEvent[];
  commands: readonly KeptCommand[];
  deadlines: readonly DeadlineRow[];
  /** Present where a client of the story remembers its answers. */
  told?: readonly ToldAnswer[];
  shown?: readonly ShownAnswer[];
  /** Present where a bank stands beside. */
  books?: BankBooks;
}

export type Scan = (scanned: Scanned) => Promise<Finding[]>;

/** Reads everything that the scans need, once. */
export async function lookAt(wish: Pick<Scanned, "pool" | "views" | "stages" | "now" | "told" | "shown" | "books">): Promise<Scanned> {
  const { pool } = wish;
  const events = await readAfter(pool, -1, 1_000_000);
  const commands = await pool.query<KeptCommand>("SELECT actor, key, status, answer FROM record.command");
  const deadlines = await pool.query<{ lot_id: string; milestone: string; due_ms: string; frozen: number; done: boolean }>(
    "SELECT lot_id, milestone, due_ms, frozen, done FROM transaction.deadline",
  );
  return {
    ...wish,
    events,
    commands: commands.rows,
    deadlines: deadlines.rows.map(({ lot_id, milestone, due_ms, frozen, done }) => ({
      lotId: lot_id,
      milestone,
      dueMs: Number(due_ms),
      frozen,
      done,
    })),
  };
}

/** Events by stream, in order of version. */
export function byStream(events: readonly PlacedEvent[]): Map<string, PlacedEvent[]> {
  const streams = new Map<string, PlacedEvent[]>();
  for (const event of events) {
    const known = streams.get(event.stream);
    if (known) known.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
}

/** Streams of one noun (`opn`), each with its lot. */
export function streamsOf(events: readonly PlacedEvent[], prefix: string): { stream: string; lotId: string; events: PlacedEvent[] }[] {
  return [...byStream(events)]
    .filter(([stream]) => stream.startsWith(`${prefix}_`))
    .map(([stream, own]) => ({ stream, lotId: `lot_${stream.slice(prefix.length + 1).split(".")[0]}`, events: own }));
}
