/**
 * The lease of a shard of auctions: one process at a time runs its sessions. It is a lock of the database that lives as
 * long as one connection, so a killed process loses it at once and another takes over. The lease keeps order; what keeps
 * the record whole is the version of each stream, which no second writer can give twice.
 */
import { setTimeout as rest } from "node:timers/promises";
import type { Pool, Transaction } from "../../runtime/database/index.ts";

const lockClass = 7_271_006;
const pollMs = 100;

export class Lease {
  readonly #client: Transaction;
  #isLost = false;

  private constructor(client: Transaction) {
    this.#client = client;
    client.on("error", () => {
      this.#isLost = true;
    });
    client.on("end", () => {
      this.#isLost = true;
    });
  }

  /** Waits until the shard is free, then holds it. @param signal ends the waiting. */
  static async take(pool: Pool, shard: number, signal?: AbortSignal): Promise<Lease> {
    const client = await pool.connect();
    try {
      for (;;) {
        const { rows } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS free", [lockClass, shard]);
        if (rows[0]?.free) return new Lease(client);
        await rest(pollMs, undefined, { signal });
      }
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Asks the database itself: a process that was frozen for minutes may have lost the lease without noticing. */
  async isHeld(): Promise<boolean> {
    if (this.#isLost) return false;
    const asked = this.#client.query("SELECT 1");
    return asked.then(
      () => !this.#isLost,
      () => false,
    );
  }

  /** Gives the shard up by ending the connection that holds it. */
  release(): void {
    if (!this.#isLost) this.#client.release(true);
    this.#isLost = true;
  }
}
