/**
 * Bundles for third parties (evidence-v1 §7) from the log and the record: entries with proofs under one
 * published head, disclosed as far as the caller may disclose. Who may see which event is the caller's
 * rule; this must never disclose what it was not asked to.
 */
import { hex } from "../../../formats/bytes.ts";
import { type BundleItem, bundleItemsMax, type Entry, type EvidenceBundle, makeBundle } from "../../../formats/evidence/index.ts";
import type { Queryable } from "../../record/index.ts";
import type { EvidenceLog } from "./evidence-log.ts";

export interface BundleWish {
  /** Positions in any order. */
  positions: readonly number[];
  /** Whether salt and event of a position go with it. */
  discloses: (position: number) => boolean;
  /** Whether the person behind the pseudonym is named. Default: nobody is. */
  namesActor?: (position: number) => boolean;
  /** The head to prove under, with its cosignatures. */
  checkpoint: { size: number; note: string };
}

interface Row {
  seq: string;
  entry: string;
  event: string;
  salt: Buffer;
  actor_salt: Buffer | null;
}

/** As many bundles as the limit of 1000 items asks for. @throws RangeError when a position lies beyond the head. */
export async function bundlesFor(db: Queryable, log: EvidenceLog, wish: BundleWish): Promise<EvidenceBundle[]> {
  const positions = [...new Set(wish.positions)].sort((a, b) => a - b);
  const bundles: EvidenceBundle[] = [];
  for (let start = 0; start < positions.length; start += bundleItemsMax) {
    const rows = await rowsOf(db, positions.slice(start, start + bundleItemsMax));
    const items: BundleItem[] = [];
    for (const row of rows) items.push(await itemOf(row, log, wish));
    bundles.push(makeBundle({ checkpoint: wish.checkpoint.note, items }));
  }
  return bundles;
}

async function rowsOf(db: Queryable, positions: readonly number[]): Promise<Row[]> {
  const { rows } = await db.query(
    `SELECT l.seq, l.entry, e.event, e.salt, a.salt AS actor_salt
     FROM evidence.leaf l JOIN record.position p ON p.position = l.seq JOIN record.event e ON e.id = p.event_id
     LEFT JOIN evidence.actor a ON a.stream = e.stream AND a.actor = e.event::json ->> 'actor'
     WHERE l.seq = ANY($1::bigint[]) ORDER BY l.seq`,
    [positions],
  );
  if (rows.length !== positions.length) throw new RangeError("the log does not have all of these positions");
  return rows as unknown as Row[];
}

async function itemOf(row: Row, log: EvidenceLog, wish: BundleWish): Promise<BundleItem> {
  const seq = Number(row.seq);
  const event = JSON.parse(row.event);
  return {
    entry: JSON.parse(row.entry) as Entry,
    inclusion: await log.proveInclusion(seq, wish.checkpoint.size),
    ...(wish.discloses(seq) && { disclosure: { salt: hex(row.salt), event } }),
    ...(wish.namesActor?.(seq) && row.actor_salt && { actor: { id: event.actor, salt: hex(row.actor_salt) } }),
  };
}
