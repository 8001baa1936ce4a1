/**
 * Which events may be shown to everybody, and in which words: what the stages declare. They go to the halls at once and
 * are kept as the public lines of a lot, in the same transaction as the reader's position. Sealed acts have streams of
 * their own and never come here.
 */
import { hex } from "../../formats/bytes.ts";
import type { PlacedEvent } from "../record/index.ts";
import type { Pool, Transaction } from "../runtime/database/index.ts";
import type { LiveHub } from "../runtime/live/hub.ts";
import { lotOfStream, type Stage } from "../trade/transaction/index.ts";

interface PublicEvent {
  position: number;
  lotId: string;
  type: string;
  at: string;
  words: { zh: string; en: string };
}

/** The events that a stage has words for, in order. */
function publicEvents(stages: readonly Stage[], events: readonly PlacedEvent[]): PublicEvent[] {
  return events.flatMap((event) =>
    stages.flatMap((stage) => {
      const words = stage.live?.[event.type]?.(event);
      const lotId = event.data.lotId ?? lotOfStream(event.stream);
      return words ? [{ position: event.position, lotId, type: event.type, at: event.at, words }] : [];
    }),
  );
}

/** Keeps the lines and shows them. A listener may hear a line twice after a fault; the table has it once. */
export async function tellPublic(hub: LiveHub, stages: readonly Stage[], events: readonly PlacedEvent[], tx: Transaction): Promise<void> {
  const shown = publicEvents(stages, events);
  if (shown.length === 0) return;
  const { rows } = await tx.query<{ position: string; commitment: Buffer }>(
    "SELECT p.position, e.commitment FROM record.position p JOIN record.event e ON e.id = p.event_id WHERE p.position = ANY($1)",
    [shown.map(({ position }) => position)],
  );
  const commitments = new Map(rows.map(({ position, commitment }) => [Number(position), commitment]));
  for (const { position, lotId, type, at, words } of shown) {
    const { rows: lines } = await tx.query<{ number: number }>(
      `INSERT INTO live.line (lot_id, number, at, type, zh, en, commitment)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM live.line WHERE lot_id = $1 RETURNING number`,
      [lotId, at, type, words.zh, words.en, commitments.get(position)],
    );
    for (const { number } of lines) hub.publish(lotId, { type, at, words }, number);
  }
}

/** One public line of a lot. */
export interface PublicLine {
  number: number;
  at: string;
  type: string;
  words: { zh: string; en: string };
  commitment: string;
}

const linesAtOnce = 2000;

/** The public lines of a lot after a number, in order. */
export async function publicLines(tx: Transaction, lotId: string, after = 0): Promise<PublicLine[]> {
  const { rows } = await tx.query<{ number: number; at: string; type: string; zh: string; en: string; commitment: Buffer }>(
    "SELECT number, at, type, zh, en, commitment FROM live.line WHERE lot_id = $1 AND number > $2 ORDER BY number LIMIT $3",
    [lotId, after, linesAtOnce],
  );
  return rows.map(({ number, at, type, zh, en, commitment }) => ({ number, at, type, words: { zh, en }, commitment: hex(commitment) }));
}

/** Lines have their numbers from the table, so that ids hold over a restart. */
export const linesRun = "kept";

/** Number of an id of a line; 0 for an id that is none. */
export const lineOf = (id: string): number => (id.startsWith(`${linesRun}.`) ? Number(id.slice(linesRun.length + 1)) || 0 : 0);

/** Id of a lot's newest public line. */
export async function lastLineId(db: Pool, lotId: string): Promise<string> {
  const { rows } = await db.query<{ last: number }>("SELECT coalesce(max(number), 0) AS last FROM live.line WHERE lot_id = $1", [lotId]);
  return `${linesRun}.${rows[0]?.last ?? 0}`;
}
