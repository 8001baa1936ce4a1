/**
 * The first door of the record: `append(tx, …)` for commands with views. Events of one command are
 * written in the command's own transaction, each stream dense from version 1, and views change with
 * them. Positions come later, from the numberer: a sequence is not commit order.
 */
import { type ClientBase, DatabaseError } from "pg";
import { type Cause, commitmentOf, eventText, hashOf, isBlinded, type NewEvent, noHash, type RecordedEvent } from "./event.ts";
import type { Queryable } from "./read.ts";
import type { Views } from "./views.ts";

/** Another command wrote to the stream first. The command may be decided anew on fresh state. */
export class VersionConflict extends Error {
  readonly stream: string;
  constructor(stream: string) {
    super(`stream ${stream} has moved on`);
    this.stream = stream;
  }
}

export interface Head {
  version: number;
  hash: Uint8Array;
}

export interface AppendOptions {
  cause: Cause;
  random: (bytes: number) => Uint8Array;
  views: Views;
  /** Versions on which the decision was taken; a stream not named here is read afresh. */
  expected?: ReadonlyMap<string, number>;
}

const uniqueViolation = "23505";

/** @throws VersionConflict when a stream is no longer at the version on which the decision was taken. */
export async function append(tx: ClientBase, events: readonly NewEvent[], options: AppendOptions): Promise<RecordedEvent[]> {
  const heads = new Map<string, Head>();
  const recorded: RecordedEvent[] = [];
  for (const fresh of events) {
    const head = heads.get(fresh.stream) ?? (await headOf(tx, fresh.stream));
    const expected = heads.has(fresh.stream) ? undefined : options.expected?.get(fresh.stream);
    if (expected !== undefined && expected !== head.version) throw new VersionConflict(fresh.stream);
    const { event, hash } = await insert(tx, fresh, head, options);
    heads.set(fresh.stream, { version: event.version, hash });
    recorded.push(event);
  }
  for (const event of recorded) await options.views.apply(tx, event);
  return recorded;
}

export async function headOf(db: Queryable, stream: string): Promise<Head> {
  const { rows } = await (db as ClientBase).query<{ version: number; event: string }>(
    "SELECT version, event FROM record.event WHERE stream = $1 ORDER BY version DESC LIMIT 1",
    [stream],
  );
  const row = rows[0];
  return row ? { version: row.version, hash: hashOf(row.event) } : { version: 0, hash: noHash };
}

/** The event as it will stand in the record, and its canonical text. */
export function composeEvent(fresh: NewEvent, version: number, cause: Cause): { event: RecordedEvent; text: string } {
  const { at, actor, membership, commandId, act } = cause;
  const event: RecordedEvent = {
    v: 1,
    stream: fresh.stream,
    version,
    type: fresh.type,
    at,
    actor,
    membership,
    commandId,
    act,
    data: fresh.data,
  };
  return { event, text: eventText(event) };
}

async function insert(tx: ClientBase, fresh: NewEvent, head: Head, options: AppendOptions) {
  const { event, text } = composeEvent(fresh, head.version + 1, options.cause);
  const salt = options.random(32);
  try {
    await tx.query(
      `WITH written AS (
         INSERT INTO record.event (stream, version, type, event, salt, commitment, previous) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id)
       INSERT INTO record.unnumbered SELECT id, ARRAY[id], $8 FROM written`,
      [event.stream, event.version, event.type, text, salt, commitmentOf(salt, text), head.hash, isBlinded(event.stream)],
    );
  } catch (error) {
    if (error instanceof DatabaseError && error.code === uniqueViolation) throw new VersionConflict(fresh.stream);
    throw error;
  }
  // What views and readers get is what the record holds: members that JSON drops are dropped here too.
  return { event: JSON.parse(text) as RecordedEvent, hash: hashOf(text) };
}

/** Events that are whole already, each the first of a blinded stream, with the salts that belong to them: fillers. No view holds them. */
export async function appendBlinded(tx: ClientBase, fillers: readonly { event: RecordedEvent; salt: Uint8Array }[]): Promise<void> {
  const texts = fillers.map(({ event }) => eventText(event));
  await tx.query(
    `WITH written AS (
       INSERT INTO record.event (stream, version, type, event, salt, commitment, previous)
       SELECT s, 1, t, e, salt, c, $6 FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::bytea[]) AS row(s, t, e, salt, c) RETURNING id)
     INSERT INTO record.unnumbered SELECT id, ARRAY[id], true FROM written`,
    [
      fillers.map(({ event }) => event.stream),
      fillers.map(({ event }) => event.type),
      texts,
      fillers.map(({ salt }) => salt),
      fillers.map(({ salt }, i) => commitmentOf(salt, texts[i] as string)),
      noHash,
    ],
  );
}
