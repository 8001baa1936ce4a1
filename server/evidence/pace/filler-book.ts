/**
 * Fillers of each day of trade time, and the end of their secret. A day's key follows from a secret in the key
 * folder; it is recorded as `evidence.fillersDisclosed` when every lot that could have sealed acts of that day
 * has passed its gate, so that afterwards nothing blinded is left unexplained. It must never be recorded earlier:
 * who knows the fillers of a day counts its acts.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { ClientBase } from "pg";
import { concat, fromHex, hex } from "../../../formats/bytes.ts";
import { type FillerDay, fillerOf } from "../../../formats/evidence/index.ts";
import { type Clock, dayOf, instantText, type Random } from "../../kernel/index.ts";
import { append, appendBlinded, type Views } from "../../record/index.ts";
import { type Pool, transaction } from "../../runtime/database/index.ts";
import { writeDurable } from "../log/durable-file.ts";

export interface FillerBookParts {
  /** Trade time. */
  clock: Clock;
  /** From `FillerBook.secretIn`. */
  secret: Uint8Array;
}

export class FillerBook {
  readonly #parts: FillerBookParts;

  constructor(parts: FillerBookParts) {
    this.#parts = parts;
  }

  /** Made once, in the key folder: with it alone fillers can be told from acts. */
  static async secretIn(keyFolder: string, random: Random): Promise<Uint8Array> {
    const path = join(keyFolder, "fillers.key");
    if (!existsSync(path)) await writeDurable(path, hex(random.bytes(32)), 0o600);
    return fromHex(readFileSync(path, "utf8").trim());
  }

  async fill(tx: ClientBase, missing: number): Promise<void> {
    const day = dayOf(this.#parts.clock.now());
    const { rows } = await tx.query<{ fillers: string }>(
      `INSERT INTO evidence.filler_day (day, fillers) VALUES ($1, $2)
       ON CONFLICT (day) DO UPDATE SET fillers = filler_day.fillers + $2 RETURNING fillers`,
      [day, missing],
    );
    const first = Number(rows[0]?.fillers) - missing;
    const own = this.dayNamed(day);
    await appendBlinded(
      tx,
      Array.from({ length: missing }, (_, i) => fillerOf(own, first + i)),
    );
  }

  dayNamed(day: string): FillerDay {
    return { day, key: hmac(sha256, this.#parts.secret, concat(`egret/v1 fillers of\n${day}`)) };
  }

  /** Records the keys of all days whose secret is over. @returns how many. */
  async discloseDue(pool: Pool, views: Views, random: Random): Promise<number> {
    return transaction(pool, async (tx) => {
      const now = this.#parts.clock.now();
      const { rows } = await tx.query<{ day: string; fillers: string }>(
        "SELECT day, fillers FROM evidence.filler_day WHERE NOT is_disclosed AND day < $1 ORDER BY day FOR UPDATE",
        [await firstSecretDay(tx, dayOf(now))],
      );
      for (const { day, fillers } of rows) {
        const stream = `fillers/${day}`;
        const data = { day, key: hex(this.dayNamed(day).key), count: Number(fillers) };
        const cause = { at: instantText(now), actor: "system", membership: null, commandId: stream, act: null };
        await append(tx, [{ stream, type: "evidence.fillersDisclosed", data }], { cause, random: (bytes) => random.bytes(bytes), views });
        await tx.query("UPDATE evidence.filler_day SET is_disclosed = true WHERE day = $1", [day]);
      }
      return rows.length;
    });
  }
}

/** The day on which the oldest lot was opened that still waits for its deadline; today when there is none. */
async function firstSecretDay(tx: ClientBase, today: string): Promise<string> {
  const { rows } = await tx.query<{ opened_at: string | null }>(
    `SELECT min(l.opened_at) AS opened_at FROM transaction.lot l JOIN transaction.deadline d USING (lot_id)
     WHERE NOT d.done AND d.milestone = 'bidDeadline'`,
  );
  const opened = rows[0]?.opened_at;
  const first = opened ? dayOf(Date.parse(opened)) : today;
  return first < today ? first : today;
}
