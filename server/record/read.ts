/** Reading the record: one stream, a range of positions, durable subscribers, and the check for tampering. */
import type { ClientBase, Pool } from "pg";
import { equalBytes } from "../../formats/bytes.ts";
import { instantText } from "../kernel/index.ts";
import { chainOf, commitmentOf, hashOf, noHash, type PlacedEvent, type RecordedEvent } from "./event.ts";

export type Queryable = Pick<ClientBase, "query"> | Pool;

/** The events of one stream, in order. */
export async function readStream(db: Queryable, stream: string): Promise<RecordedEvent[]> {
  const { rows } = await (db as ClientBase).query<{ event: string }>("SELECT event FROM record.event WHERE stream = $1 ORDER BY version", [
    stream,
  ]);
  return rows.map((row) => JSON.parse(row.event) as RecordedEvent);
}

/** Folds a stream into state; `undefined` for a stream that does not exist. */
export async function foldStream<State>(
  db: Queryable,
  stream: string,
  evolve: (state: State | undefined, event: RecordedEvent) => State,
): Promise<State | undefined> {
  let state: State | undefined;
  for (const event of await readStream(db, stream)) state = evolve(state, event);
  return state;
}

/** Up to `limit` events after a position, in order of position. */
export async function readAfter(db: Queryable, position: number, limit: number): Promise<PlacedEvent[]> {
  const { rows } = await (db as ClientBase).query<{ position: string; at_ms: string; event: string }>(
    `SELECT p.position, p.at_ms, e.event FROM record.position p JOIN record.event e ON e.id = p.event_id
     WHERE p.position > $1 ORDER BY p.position LIMIT $2`,
    [position, limit],
  );
  return rows.map((row) => ({
    ...(JSON.parse(row.event) as RecordedEvent),
    position: Number(row.position),
    loggedAtMs: Number(row.at_ms),
  }));
}

export interface LogPlace {
  seq: number;
  at: string;
}

/** Where each event of a stream stands in the log: `{seq, at}` as the wire formats want it, by version. */
export async function placesOf(db: Queryable, stream: string): Promise<Map<number, LogPlace>> {
  const { rows } = await (db as ClientBase).query<{ version: number; position: string; at_ms: string }>(
    "SELECT e.version, p.position, p.at_ms FROM record.event e JOIN record.position p ON p.event_id = e.id WHERE e.stream = $1",
    [stream],
  );
  return new Map(rows.map((row) => [row.version, { seq: Number(row.position), at: instantText(Number(row.at_ms)) }]));
}

/** What a check of the whole record found: the first fault, in plain words, or none. */
export interface RecordCheck {
  events: number;
  fault: { position: number; reason: string } | null;
}

/** Recomputes commitments, the chain, dense positions and each stream's own chain. */
export async function checkRecord(db: Queryable): Promise<RecordCheck> {
  const heads = new Map<string, { version: number; hash: Uint8Array }>();
  let chain = noHash;
  let expected = 0;
  for (;;) {
    const { rows } = await (db as ClientBase).query<ChainRow>(
      `SELECT p.position, p.prev_chain, p.chain, e.stream, e.version, e.event, e.salt, e.commitment, e.previous
       FROM record.position p JOIN record.event e ON e.id = p.event_id WHERE p.position >= $1 ORDER BY p.position LIMIT 1000`,
      [expected],
    );
    if (rows.length === 0) return { events: expected, fault: null };
    for (const row of rows) {
      const reason = faultOf(row, { expected, chain, head: heads.get(row.stream) });
      if (reason) return { events: expected, fault: { position: Number(row.position), reason } };
      chain = row.chain;
      heads.set(row.stream, { version: row.version, hash: hashOf(row.event) });
      expected += 1;
    }
  }
}

interface ChainRow {
  position: string;
  prev_chain: Buffer;
  chain: Buffer;
  stream: string;
  version: number;
  event: string;
  salt: Buffer;
  commitment: Buffer;
  previous: Buffer;
}

function faultOf(
  row: ChainRow,
  at: { expected: number; chain: Uint8Array; head: { version: number; hash: Uint8Array } | undefined },
): string | null {
  if (Number(row.position) !== at.expected) return `position ${at.expected} is missing`;
  if (!equalBytes(row.commitment, commitmentOf(row.salt, row.event))) return "the event does not open its commitment";
  if (!equalBytes(row.prev_chain, at.chain)) return "the chain is broken before it";
  if (!equalBytes(row.chain, chainOf(row.prev_chain, row.commitment))) return "its chain value is wrong";
  if (row.version !== (at.head?.version ?? 0) + 1)
    return `version ${row.version} of ${row.stream} does not follow ${at.head?.version ?? 0}`;
  if (!equalBytes(row.previous, at.head?.hash ?? noHash)) return `the stream ${row.stream} does not continue its previous event`;
  return null;
}
