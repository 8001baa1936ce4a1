/**
 * The durable outbox: a message is written in the transaction of the event that causes it, numbered
 * per peer and object, and relayed in that order, at least once, until it is delivered or parked for
 * a person. The message itself never changes between attempts.
 */

import type { Clock } from "../kernel/index.ts";
import { crashPoint } from "../runtime/crash/crash-points.ts";
import type { Pool, Transaction } from "../runtime/database/index.ts";
import type { Delivery, ExchangeClient, OutgoingMessage } from "./exchange-client.ts";
import { type MessageDraft, messageFrom } from "./message-draft.ts";

/** Puts a message into the outbox. @param about `id` unique for ever; `at` trade time of the cause. */
export async function enqueue(tx: Transaction, draft: MessageDraft, about: { id: string; at: string }): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 3))", [`${draft.to}/${draft.object}`]);
  const { rows } = await tx.query<{ seq: number }>(
    "SELECT coalesce(max(seq), 0) + 1 AS seq FROM exchange.outbox WHERE peer = $1 AND object = $2",
    [draft.to, draft.object],
  );
  const seq = rows[0]?.seq ?? 1;
  const message = messageFrom(draft, { id: about.id, seq, createdAt: about.at, occurredAt: about.at });
  await tx.query("INSERT INTO exchange.outbox (id, peer, object, seq, message, state) VALUES ($1, $2, $3, $4, $5, 'waiting')", [
    about.id,
    draft.to,
    draft.object,
    seq,
    JSON.stringify(message),
  ]);
}

export interface RelayOptions {
  pool: Pool;
  client: ExchangeClient;
  machineClock: Clock;
  /** What a peer says of an order it already knows is applied like an inbound message. */
  onKnown?: (message: OutgoingMessage, delivery: Extract<Delivery, { how: "known" }>) => Promise<void>;
  onFault: (error: unknown) => void;
}

interface Row {
  id: string;
  peer: string;
  message: string;
  attempts: number;
  last_try_ms: string | null;
}

const longestPauseMs = 600_000;
const repeatAfterMs = 60_000;

/** Relays what waits, one peer apart from another, so that a dead one cannot starve the rest. */
export class Relay {
  readonly #options: RelayOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /** Looks at once. Resolves when everything that could go has gone. */
  wake(): Promise<void> {
    this.#running = this.#running.then(() => this.#relayAll()).catch(this.#options.onFault);
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #relayAll(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const { rows } = await this.#options.pool.query<{ peer: string }>("SELECT DISTINCT peer FROM exchange.outbox WHERE state = 'waiting'");
    await Promise.all(rows.map(({ peer }) => this.#relayPeer(peer)));
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.wake(), 1000);
    this.#timer.unref();
  }

  async #relayPeer(peer: string): Promise<void> {
    for (;;) {
      const { rows } = await this.#options.pool.query<Row>(
        "SELECT id, peer, message, attempts, last_try_ms FROM exchange.outbox WHERE state = 'waiting' AND peer = $1 ORDER BY written_order LIMIT 1",
        [peer],
      );
      const row = rows[0];
      if (!row || this.#stopped || !this.#isDue(row) || !(await this.#send(row))) return;
    }
  }

  #isDue({ attempts, last_try_ms }: Row): boolean {
    const pause = Math.min(longestPauseMs, attempts === 0 ? 0 : 1000 * 2 ** (attempts - 1));
    return last_try_ms === null || this.#options.machineClock.now() - Number(last_try_ms) >= pause;
  }

  /** @returns true when the next message of the peer may go. */
  async #send(row: Row): Promise<boolean> {
    const { pool, client, machineClock, onKnown } = this.#options;
    const message = JSON.parse(row.message) as OutgoingMessage;
    const since = row.last_try_ms === null ? Number.POSITIVE_INFINITY : machineClock.now() - Number(row.last_try_ms);
    crashPoint("CP05.relay");
    await pool.query("UPDATE exchange.outbox SET attempts = attempts + 1, last_try_ms = $2 WHERE id = $1", [row.id, machineClock.now()]);
    const delivery = await client.deliver(message, row.attempts === 0 ? "none" : "unanswered", since >= repeatAfterMs);
    crashPoint("CP15.sent");
    if (delivery.how === "retry") {
      await pool.query("UPDATE exchange.outbox SET last_reason = $2 WHERE id = $1", [row.id, delivery.reason]);
      return false;
    }
    if (delivery.how === "known") await onKnown?.(message, delivery);
    const parked = delivery.how === "parked";
    await pool.query("UPDATE exchange.outbox SET state = $2, last_reason = $3 WHERE id = $1", [
      row.id,
      parked ? "parked" : "delivered",
      parked ? delivery.problem.code : null,
    ]);
    return true;
  }
}
