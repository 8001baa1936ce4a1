/**
 * A durable subscriber reads the record from its own position, at least once and in order; handler
 * and position move in one transaction, so what it does to the database happens exactly once.
 * The record never knows its readers.
 */
import type { Pool, PoolClient } from "pg";
import { crashPoint } from "../runtime/crash/crash-points.ts";
import { transaction } from "../runtime/database/index.ts";
import type { PlacedEvent } from "./event.ts";
import type { Numberer } from "./numberer.ts";
import { readAfter } from "./read.ts";

export interface Subscription {
  name: string;
  handle: (events: readonly PlacedEvent[], tx: PoolClient) => Promise<void>;
  batch?: number;
}

export class Subscriber {
  readonly #pool: Pool;
  readonly #numberer: Numberer;
  readonly #subscription: Subscription;
  readonly #onFault: (error: unknown) => void;
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly #wake = () => this.#schedule();

  constructor(pool: Pool, numberer: Numberer, subscription: Subscription, onFault: (error: unknown) => void) {
    this.#pool = pool;
    this.#numberer = numberer;
    this.#subscription = subscription;
    this.#onFault = onFault;
  }

  start(): void {
    this.#numberer.on("numbered", this.#wake);
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#numberer.off("numbered", this.#wake);
    await this.#working;
  }

  /** Resolves when everything numbered before the call has been handled. */
  caughtUp(): Promise<void> {
    this.#schedule();
    return this.#working;
  }

  #schedule(): void {
    this.#working = this.#working.then(() => this.#drain()).catch(this.#onFault);
  }

  async #drain(): Promise<void> {
    while (!this.#stopped && (await this.#step()) > 0);
  }

  #step(): Promise<number> {
    return transaction(this.#pool, async (tx) => {
      const { name, batch = 500, handle } = this.#subscription;
      await tx.query("INSERT INTO record.reader (name, position) VALUES ($1, -1) ON CONFLICT DO NOTHING", [name]);
      const { rows } = await tx.query<{ position: string }>("SELECT position FROM record.reader WHERE name = $1 FOR UPDATE", [name]);
      const events = await readAfter(tx, Number(rows[0]?.position ?? -1), batch);
      const last = events[events.length - 1];
      if (last) {
        await handle(events, tx);
        crashPoint("CP05.reacted");
        await tx.query("UPDATE record.reader SET position = $2 WHERE name = $1", [name, last.position]);
      }
      return events.length;
    });
  }
}
