/**
 * The numberer gives committed events their dense positions. A database sequence is not commit
 * order: a slow transaction may commit behind a reader's back. So one leader takes what has been
 * committed, in order of insertion, and writes positions in a second table: whoever has seen
 * position p never later finds an event at or below p (invariant I08), and what causes comes
 * before what it caused. Commands never wait for it; receipts of sealed acts do (milliseconds).
 */
import { EventEmitter } from "node:events";
import { setTimeout as rest } from "node:timers/promises";
import type { ClientBase, Pool } from "pg";
import { crashPoint } from "../runtime/crash/crash-points.ts";
import { transaction } from "../runtime/database/index.ts";
import { chainOf, noHash } from "./event.ts";
import { type LogPlace, placesOf } from "./read.ts";

export interface NumbererOptions {
  pool: Pool;
  /** Trade time in epoch milliseconds. */
  now: () => number;
  /** How long to sleep when nobody calls `wake` (another process may have committed). */
  pollMs?: number;
}

interface Last {
  position: number;
  atMs: number;
  chain: Uint8Array;
}

const batchLimit = 5000;
const leaderLock = 7_271_001;
const smallBatch = 500;
const restMs = 4;

export class Numberer extends EventEmitter<{ numbered: [number]; fault: [unknown] }> {
  readonly #options: NumbererOptions;
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;
  #woken = false;
  #head = -1;

  constructor(options: NumbererOptions) {
    super();
    this.setMaxListeners(0);
    this.#options = options;
  }

  /** The highest position given so far by this process; -1 for none. */
  get head(): number {
    return this.#head;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#running;
  }

  /** Something was committed. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Where the last event of a stream stands, as soon as it is numbered. */
  async placeOf(stream: string): Promise<{ position: number; atMs: number }> {
    for (;;) {
      const { rows } = await this.#options.pool.query<{ position: string; at_ms: string }>(
        `SELECT p.position, p.at_ms FROM record.event e JOIN record.position p ON p.event_id = e.id WHERE e.stream = $1 ORDER BY e.version DESC LIMIT 1`,
        [stream],
      );
      if (rows[0]) return { position: Number(rows[0].position), atMs: Number(rows[0].at_ms) };
      if (this.#stopped) throw new Error(`stopped before ${stream} was numbered`);
      await this.#next();
    }
  }

  /** Resolves when everything committed before the call has a position. */
  async settle(): Promise<void> {
    while ((await this.#numberOnce()) > 0);
  }

  /**
   * Numbers everything committed, and what this open transaction has appended, in the transaction itself: a
   * rollback takes the numbers back as well. Every other numbering waits for its end, so it is the last thing
   * that a decision does.
   */
  async numberInside(tx: ClientBase, stream: string): Promise<LogPlace> {
    await tx.query("SELECT pg_advisory_xact_lock($1)", [leaderLock]);
    let last = await this.#last(tx);
    while ((await this.#numberBatch(tx, last)) === batchLimit) last = await this.#last(tx);
    const places = await placesOf(tx, stream);
    const place = places.get(Math.max(...places.keys()));
    if (!place) throw new Error(`${stream} has no event to number`);
    return place;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      const count = await this.#numberOnce().catch((error: unknown) => {
        this.emit("fault", error);
        return 0;
      });
      if (count === 0 && !this.#woken && !this.#stopped) await this.#sleep();
      // Under load a short rest gathers a larger batch; a receipt waits these few milliseconds at most.
      else if (count > 0 && count < smallBatch) await rest(restMs);
    }
  }

  #sleep(): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs ?? 100);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.#wake = undefined;
    });
  }

  #next(): Promise<void> {
    this.wake();
    return new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.off("numbered", done);
        resolve();
      };
      const timer = setTimeout(done, 20);
      this.once("numbered", done);
    });
  }

  async #numberOnce(): Promise<number> {
    const { head, count } = await transaction(this.#options.pool, async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock($1)", [leaderLock]);
      const last = await this.#last(tx);
      const count = await this.#numberBatch(tx, last);
      if (count > 0) crashPoint("CP03.numbered");
      return { head: last.position + count, count };
    });
    // Transactions may have numbered their own events meanwhile: readers are told of those here.
    if (head > this.#head) {
      this.#head = head;
      this.emit("numbered", head);
    }
    return count;
  }

  async #last(client: ClientBase): Promise<Last> {
    const { rows } = await client.query<{ position: string; at_ms: string; chain: Buffer }>(
      "SELECT position, at_ms, chain FROM record.position ORDER BY position DESC LIMIT 1",
    );
    const row = rows[0];
    return row ? { position: Number(row.position), atMs: Number(row.at_ms), chain: row.chain } : { position: -1, atMs: 0, chain: noHash };
  }

  async #numberBatch(client: ClientBase, last: Last): Promise<number> {
    // Ids and hashes travel as one value each: thousands of small ones would be quoted one by one on both sides.
    const { rows } = await client.query<{ ids: string[] | null; commitments: Buffer }>(
      `WITH taken AS (DELETE FROM record.unnumbered WHERE event_id IN (SELECT event_id FROM record.unnumbered ORDER BY event_id LIMIT ${batchLimit}) RETURNING event_id)
       SELECT array_agg(e.id ORDER BY e.id) AS ids, string_agg(e.commitment, ''::bytea ORDER BY e.id) AS commitments
       FROM taken JOIN record.event e ON e.id = taken.event_id`,
    );
    const ids = rows[0]?.ids;
    if (!ids) return 0;
    const commitments = rows[0]?.commitments as Buffer;
    // log.at = max(previous, trade time when numbered): it never falls, even if the clock does (decisions §2).
    const atMs = Math.max(last.atMs, this.#options.now());
    const chains = [last.chain];
    for (let i = 0; i < ids.length; i++) chains.push(chainOf(chains[i] as Uint8Array, commitments.subarray(32 * i, 32 * i + 32)));
    await client.query(
      `INSERT INTO record.position (position, event_id, at_ms, prev_chain, chain)
       SELECT $1::bigint + i, e, $3, substring($4::bytea FROM i::int * 32 - 31 FOR 32), substring($4::bytea FROM i::int * 32 + 1 FOR 32)
       FROM unnest($2::bigint[]) WITH ORDINALITY AS row(e, i)`,
      [last.position, ids, atMs, Buffer.concat(chains)],
    );
    await client.query("SELECT pg_notify('record', $1)", [String(last.position + ids.length)]);
    return ids.length;
  }
}
