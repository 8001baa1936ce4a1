/**
 * The second door of the record: `appendMany` for hot paths. One statement of up to 1,000 rows, no
 * views; writers that arrive while a batch is on its way to the disk share the next one, and each
 * is answered only after the commit that holds its event. The fence is the stream version: when
 * another writer has moved a stream, the whole batch fails and the owner must fold afresh.
 */
import { setImmediate as turn } from "node:timers/promises";
import { DatabaseError, type Pool } from "pg";
import { composeEvent, type Head, VersionConflict } from "./append.ts";
import { type Cause, commitmentOf, hashOf, type NewEvent, type RecordedEvent } from "./event.ts";

export interface ManyOptions {
  pool: Pool;
  random: (bytes: number) => Uint8Array;
  /** Called after each commit, so that the numberer need not poll. */
  onCommit?: () => void;
}

/** Up to how many events one statement writes (decisions §2). */
export const rowsPerStatement = 1000;
const queueLimit = 10_000;
const laneLimit = 2;
const hashBytes = 32;
/** Cannot occur in canonical JSON, in a stream or in a type. */
const separator = "\u001e";

/** The queue is full: the caller answers 429, nothing is lost. */
export class QueueFull extends Error {}

interface Waiting {
  text: string;
  event: RecordedEvent;
  previous: Uint8Array;
  done: (event: RecordedEvent) => void;
  failed: (error: unknown) => void;
}

export class ManyAppender {
  readonly #options: ManyOptions;
  readonly #heads = new Map<string, Head>();
  #queue: Waiting[] = [];
  /** Streams of which a batch is between statement and commit. */
  readonly #onTheirWay = new Set<string>();
  #lanes = 0;

  constructor(options: ManyOptions) {
    this.#options = options;
  }

  /** Takes over a stream at its head. The owner calls this after folding it under its lease. */
  own(stream: string, head: Head): void {
    this.#heads.set(stream, head);
  }

  /** Resolves after the commit. @throws VersionConflict when the stream has another writer; QueueFull when overloaded. */
  append(fresh: NewEvent, cause: Cause): Promise<RecordedEvent> {
    const head = this.#heads.get(fresh.stream);
    if (!head) return Promise.reject(new Error(`stream ${fresh.stream} is not owned`));
    if (this.#queue.length >= queueLimit) return Promise.reject(new QueueFull("10,000 events are waiting"));
    const { event, text } = composeEvent(fresh, head.version + 1, cause);
    this.#heads.set(fresh.stream, { version: event.version, hash: hashOf(text) });
    return new Promise((done, failed) => {
      this.#queue.push({ text, event, previous: head.hash, done, failed });
      this.#start();
    });
  }

  /** Two batches are on their way at most: while the disk has one, the next is composed. */
  #start(): void {
    if (this.#lanes >= laneLimit) return;
    this.#lanes += 1;
    void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    for (;;) {
      // Whoever was answered by the last commit writes again in this turn; without it batches of one and of all others alternate.
      await turn();
      const batch = this.#take();
      if (batch.length === 0) break;
      const streams = new Set(batch.map((waiting) => waiting.event.stream));
      for (const stream of streams) this.#onTheirWay.add(stream);
      try {
        await this.#write(batch);
        this.#options.onCommit?.();
        for (const waiting of batch) waiting.done(waiting.event);
      } catch (error) {
        this.#fail(batch, error);
      } finally {
        for (const stream of streams) this.#onTheirWay.delete(stream);
      }
    }
    this.#lanes -= 1;
  }

  /** The next batch: in order, and never of a stream that is on its way, so that no version commits before the one it follows. */
  #take(): Waiting[] {
    const free = this.#queue.filter(({ event }) => !this.#onTheirWay.has(event.stream));
    const share = this.#onTheirWay.size === 0 ? Math.ceil(free.length / laneLimit) : free.length;
    const batch = new Set(free.slice(0, Math.min(share, rowsPerStatement)));
    this.#queue = this.#queue.filter((waiting) => !batch.has(waiting));
    return [...batch];
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    // Salts and hashes go as one byte string and texts as one text with a separator that JCS escapes: an
    // array of strings would be quoted character by character on both sides.
    const salts = this.#options.random(hashBytes * batch.length);
    const saltOf = (i: number) => salts.subarray(hashBytes * i, hashBytes * (i + 1));
    await this.#options.pool.query({
      name: "record-append-many",
      text: `WITH written AS (
               INSERT INTO record.event (stream, version, type, event, salt, commitment, previous)
               SELECT s, v, t, e, substring($5::bytea FROM i::int * 32 - 31 FOR 32), substring($6::bytea FROM i::int * 32 - 31 FOR 32), substring($7::bytea FROM i::int * 32 - 31 FOR 32)
               FROM ROWS FROM (string_to_table($1, E'\\x1e'), unnest($2::int[]), string_to_table($3, E'\\x1e'), string_to_table($4, E'\\x1e')) WITH ORDINALITY AS row(s, v, t, e, i)
               ORDER BY i RETURNING id)
             INSERT INTO record.unnumbered (first_id, ids) SELECT min(id), array_agg(id ORDER BY id) FROM written`,
      values: [
        batch.map((waiting) => waiting.event.stream).join(separator),
        batch.map((waiting) => waiting.event.version),
        batch.map((waiting) => waiting.event.type).join(separator),
        batch.map((waiting) => waiting.text).join(separator),
        salts,
        Buffer.concat(batch.map((waiting, i) => commitmentOf(saltOf(i), waiting.text))),
        Buffer.concat(batch.map((waiting) => waiting.previous)),
      ],
    });
  }

  /** A failed batch also fails what was built on top of it: those events name a version that will never exist. */
  #fail(batch: readonly Waiting[], cause: unknown): void {
    const streams = new Set(batch.map((waiting) => waiting.event.stream));
    const error = cause instanceof DatabaseError && cause.code === "23505" ? new VersionConflict([...streams].join(", ")) : cause;
    const dependent = this.#queue.filter((waiting) => streams.has(waiting.event.stream));
    this.#queue = this.#queue.filter((waiting) => !streams.has(waiting.event.stream));
    for (const stream of streams) this.#heads.delete(stream);
    for (const waiting of [...batch, ...dependent]) waiting.failed(error);
  }
}
