/** All events of one lot, in the order of the record. Streams of a lot bear its characters; the others name it in their data. */
import type { RecordedEvent } from "../record/index.ts";
import type { Transaction } from "../runtime/database/index.ts";
import { groupOfNoun } from "./gates.ts";

export interface LotEvent extends RecordedEvent {
  position: number;
}

/** Nouns whose streams have names of their own. */
const ownNames = ["drw", "sht", "rem", "dep", "gua", "bid", "auc"];

/** The most that one answer holds; a lot of the first trade has about five hundred. */
export const mostEvents = 5000;

/** @param until only what was numbered by then, as an instant of trade time */
export async function eventsOfLot(tx: Transaction, lotId: string, until: number): Promise<LotEvent[]> {
  const characters = lotId.slice(lotId.indexOf("_") + 1);
  const streams = Object.keys(groupOfNoun).map((noun) => `${noun}_${characters}`);
  const { rows } = await tx.query<{ position: string; event: string }>(
    `SELECT p.position, e.event FROM record.event e JOIN record.position p ON p.event_id = e.id
     WHERE p.at_ms <= $1
       AND (split_part(e.stream, '.', 1) = ANY($2) OR (split_part(e.stream, '_', 1) = ANY($3) AND position($4 IN e.event) > 0))
     ORDER BY p.position LIMIT $5`,
    [until, streams, ownNames, `"lotId":"${lotId}"`, mostEvents],
  );
  return rows.map(({ position, event }) => ({ ...(JSON.parse(event) as RecordedEvent), position: Number(position) }));
}
