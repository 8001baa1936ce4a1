/**
 * The record as it leaves the house: a line per position. What belongs to the lot and to the level is
 * shown with its salt; of everything else only position, chain and commitment leave, so that nothing
 * can be cut out between two lines (decisions §2).
 */
import { hex } from "../../../formats/bytes.ts";
import { type LineEvent, provenLine, type RecordLine } from "../../../formats/record-line.ts";
import type { Pool } from "../../runtime/database/index.ts";

/** `audit` shows everything of the lot; `public` no sealed items, seats, sheets, money, contract text or names of those who object. */
export type Level = "audit" | "public";

/** Nouns whose events stay inside before and after the gate; an auditor sees them, the public does not. */
const notPublic = new Set(["cmt", "evl", "sht", "dep", "gua", "rem", "con"]);

const pageSize = 2000;

interface RecordPart {
  lotId: string;
  level: Level;
  /** First position; 0 shows the chain from its beginning. */
  from: number;
}

/** Lines up to the head of the record. */
export async function* recordLines(pool: Pool, { lotId, level, from: first }: RecordPart): AsyncGenerator<RecordLine> {
  for (let from = first; ; from += pageSize) {
    const { rows } = await pool.query<{ position: string; prev_chain: Buffer; commitment: Buffer; event: string; salt: Buffer }>(
      `SELECT p.position, p.prev_chain, e.commitment, e.event, e.salt FROM record.position p JOIN record.event e ON e.id = p.event_id
       WHERE p.position >= $1 AND p.position < $2 ORDER BY p.position`,
      [from, from + pageSize],
    );
    if (rows.length === 0) return;
    for (const row of rows) {
      const place = { position: Number(row.position), prevChain: hex(row.prev_chain), commitment: hex(row.commitment) };
      const event = JSON.parse(row.event) as LineEvent;
      yield isShown(event, lotId, level) ? provenLine(place, event, hex(row.salt)) : place;
    }
  }
}

/** Streams of a lot bear its 26 characters; draws and remedies name the lot in their data. */
export function belongsTo(event: LineEvent, lotId: string): boolean {
  const characters = lotId.slice(lotId.indexOf("_") + 1);
  return event.stream.slice(event.stream.indexOf("_") + 1).split(".")[0] === characters || event.data.lotId === lotId;
}

function isShown(event: LineEvent, lotId: string, level: Level): boolean {
  const noun = event.stream.slice(0, event.stream.indexOf("_"));
  return belongsTo(event, lotId) && (level === "audit" || !notPublic.has(noun));
}
