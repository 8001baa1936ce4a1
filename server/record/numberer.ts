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
import { rowsPerStatement } from "./append-many.ts";
import { type LogPlace, placesOf } from "./read.ts";

export interface NumbererOptions {
  pool: Pool;
  /** Trade time in epoch milliseconds. */
  now: () => number;
  /** How long to sleep when nobody calls `wake` (another process may have committed). */
  pollMs?: number;
  /** Blinded events are numbered by `tick` alone (ADR 0032). */
  isPaced?: boolean;
}

const batchLimit = 5000;
/** The lock that record.number_waiting takes. */
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
  #acts = 0;

  constructor(options: NumbererOptions) {
    super();
    this.setMaxListeners(0);
    this.#options = options;
  }

  /** The highest position given so far by this process; -1 for none. */
  get head(): number {
    return this.#head;
  }

  /** How many events other than fillers were numbered by this process: it stands still when nothing happens. */
  get acts(): number {
    return this.#acts;
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

  /** Resolves when everything committed before the call has a position; blinded events of a paced record wait for their tick. */
  async settle(): Promise<void> {
    while ((await this.#numberOnce()) > 0);
  }

  /** Resolves when every blinded event committed before the call has a position. */
  async blindedNumbered(): Promise<void> {
    while (!this.#stopped && (await this.waitingBlinded()) > 0) await this.#next();
  }

  async waitingBlinded(): Promise<number> {
    if (!this.#options.isPaced) return 0;
    return waitingIn(this.#options.pool);
  }

  /** One tick of the pace: exactly `count` blinded events get their numbers, in an order that is chance; `fill` adds what is missing. */
  async tick(count: number, fill: (tx: ClientBase, missing: number) => Promise<void>): Promise<void> {
    const { head, missing } = await transaction(this.#options.pool, async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock($1)", [leaderLock]);
      const missing = Math.max(0, count - (await waitingIn(tx)));
      if (missing > 0) await fill(tx, missing);
      const done = await this.#number(tx, { most: count, blinded: true });
      crashPoint("CP07.tick");
      return { head: done.head, missing };
    });
    this.#acts += count - missing;
    this.#tell(head);
  }

  /**
   * Numbers everything committed, and what this open transaction has appended, in the transaction itself: a
   * rollback takes the numbers back as well. Every other numbering waits for its end, so it is the last thing
   * that a decision does.
   */
  async numberInside(tx: ClientBase, stream: string): Promise<LogPlace> {
    while ((await this.#number(tx)).count + rowsPerStatement > batchLimit);
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
      const done = await this.#number(tx);
      if (done.count > 0) crashPoint("CP03.numbered");
      return done;
    });
    // Transactions may have numbered their own events meanwhile: readers are told of those here.
    this.#tell(head);
    return count;
  }

  #tell(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.emit("numbered", head);
  }

  /** Beside the data, under the leader's lock until the transaction ends: `record.number_waiting`. */
  async #number(tx: ClientBase, wish?: { most: number; blinded: true }): Promise<{ head: number; count: number }> {
    const blinded = wish?.blinded ?? (this.#options.isPaced ? false : null);
    const { rows } = await tx.query<{ head: string; numbered: number }>({
      name: "record-number",
      text: "SELECT head, numbered FROM record.number_waiting($1, $2, $3)",
      values: [this.#options.now(), wish?.most ?? batchLimit, blinded],
    });
    const count = rows[0]?.numbered ?? 0;
    if (!wish) this.#acts += count;
    return { head: Number(rows[0]?.head), count };
  }
}

async function waitingIn(db: ClientBase | Pool): Promise<number> {
  const { rows } = await (db as ClientBase).query<{ count: string }>("SELECT count(*) AS count FROM record.unnumbered WHERE is_blinded");
  return Number(rows[0]?.count);
}
