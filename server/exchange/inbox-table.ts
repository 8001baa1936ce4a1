/** The durable inbox: raw message, headers and arrival are kept before it is acknowledged; each is applied once, in its order. */
import type { Envelope } from "../../formats/exchange/index.ts";
import type { Pool } from "../runtime/database/index.ts";
import type { Inbox, InboxMessage } from "./inbound.ts";

export class InboxTable implements Inbox {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(from: string, id: string) {
    const { rows } = await this.#pool.query<{ body_sha256: string; received_at: string }>(
      "SELECT body_sha256, received_at FROM exchange.inbox WHERE sender = $1 AND id = $2",
      [from, id],
    );
    return rows[0] && { bodySha256: rows[0].body_sha256, receivedAt: rows[0].received_at };
  }

  async nextSeq(from: string, object: string): Promise<number> {
    const { rows } = await this.#pool.query<{ next: number }>(
      "SELECT coalesce(max(seq), 0) + 1 AS next FROM exchange.inbox WHERE sender = $1 AND object = $2",
      [from, object],
    );
    return rows[0]?.next ?? 1;
  }

  async store({ from, envelope, rawBody, headers, bodySha256, receivedAt }: InboxMessage): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `INSERT INTO exchange.inbox (sender, id, object, seq, message, raw, headers, body_sha256, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        from,
        envelope.id,
        envelope.object,
        envelope.seq,
        JSON.stringify(envelope),
        rawBody,
        JSON.stringify(headers),
        bodySha256,
        receivedAt,
      ],
    );
    return rowCount === 1;
  }

  /** Messages that wait to be applied and whose predecessors have been, oldest first. */
  async unapplied(): Promise<{ sender: string; envelope: Envelope; receivedAt: string }[]> {
    const { rows } = await this.#pool.query<{ sender: string; message: string; received_at: string }>(
      `SELECT i.sender, i.message, i.received_at FROM exchange.inbox i
       WHERE NOT i.applied AND NOT EXISTS (SELECT 1 FROM exchange.inbox e WHERE e.sender = i.sender AND e.object = i.object AND e.seq < i.seq AND NOT e.applied)
         AND i.seq = (SELECT count(*) + 1 FROM exchange.inbox e WHERE e.sender = i.sender AND e.object = i.object AND e.seq < i.seq)
       ORDER BY i.received_at, i.id LIMIT 100`,
    );
    return rows.map((row) => ({ sender: row.sender, envelope: JSON.parse(row.message) as Envelope, receivedAt: row.received_at }));
  }

  async applied(sender: string, id: string): Promise<void> {
    await this.#pool.query("UPDATE exchange.inbox SET applied = true WHERE sender = $1 AND id = $2", [sender, id]);
  }
}
