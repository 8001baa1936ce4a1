/**
 * Brings heads of the log onto the chain and keeps what the chain answered. The outbox is the table of
 * checkpoints itself: a head that is not anchored yet is simply the newest one at the next try, so that
 * an outage of the chain loses nothing and costs one transaction. A chain that has forgotten its blocks
 * is anchored anew and its old anchors are marked lost. It must never anchor a head that is not signed.
 */
import type { AnchorRecord } from "../../../formats/evidence/index.ts";
import type { Queryable } from "../../record/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import type { Pool } from "../../runtime/database/index.ts";
import type { AnchorContract } from "./anchor-contract.ts";

export class AnchorFault extends Error {}

export interface AnchoringOptions {
  pool: Pool;
  contract: AnchorContract;
  /** Done before each anchor: on an embedded chain, which may have forgotten everything, makes the contract anew. */
  prepare?: () => Promise<void>;
}

export class Anchoring {
  readonly #options: AnchoringOptions;
  #working: Promise<unknown> = Promise.resolve();

  constructor(options: AnchoringOptions) {
    this.#options = options;
  }

  /**
   * Anchors a signed head unless it or a later one stands there. Calls wait for one another.
   * @throws AnchorFault when the contract holds a head that this log never signed.
   */
  anchor(size: number): Promise<AnchorRecord | undefined> {
    const done = this.#working.catch(() => undefined).then(() => this.#anchor(size));
    this.#working = done;
    return done;
  }

  /** The anchor of a head, for its bundle. */
  async recordOf(size: number, db: Queryable = this.#options.pool): Promise<AnchorRecord | undefined> {
    const { rows } = await db.query("SELECT record FROM evidence.anchor WHERE size = $1 AND NOT is_lost", [size]);
    const row = rows[0] as { record: string } | undefined;
    return row && (JSON.parse(row.record) as AnchorRecord);
  }

  /** The newest head that stands on the chain as far as we know. */
  async latest(db: Queryable = this.#options.pool): Promise<{ size: number; record: AnchorRecord } | undefined> {
    const { rows } = await db.query("SELECT size, record FROM evidence.anchor WHERE NOT is_lost ORDER BY size DESC LIMIT 1");
    const row = rows[0] as { size: string; record: string } | undefined;
    return row && { size: Number(row.size), record: JSON.parse(row.record) as AnchorRecord };
  }

  async #anchor(size: number): Promise<AnchorRecord | undefined> {
    const { pool, contract, prepare } = this.#options;
    const last = await Promise.resolve(prepare?.())
      .then(() => contract.head())
      .catch(chainIsAway);
    await this.#reconcile(last);
    if (last && last.size >= size) return this.recordOf(size);
    const root = await rootOf(pool, size);
    if (root === undefined) throw new AnchorFault(`no head of ${size} leaves was signed`);
    const anchored = await contract.anchor(root, size);
    if (!anchored.ok) throw new AnchorFault(`the contract refused the head of ${size} leaves: ${anchored.reason}`);
    crashPoint("CP22.anchored");
    await pool.query("INSERT INTO evidence.anchor (size, tx_hash, record) VALUES ($1, $2, $3)", [
      size,
      anchored.record.txHash,
      JSON.stringify(anchored.record),
    ]);
    return anchored.record;
  }

  /** What the contract has last must be ours; what we have beyond it, the chain has lost. */
  async #reconcile(last: { root: string; size: number } | undefined): Promise<void> {
    const { pool, contract } = this.#options;
    if (last && (await rootOf(pool, last.size)) !== last.root)
      throw new AnchorFault(`the contract holds a head of ${last.size} leaves that this log never signed`);
    await pool.query("UPDATE evidence.anchor SET is_lost = true WHERE NOT is_lost AND (size > $1 OR record::json ->> 'contract' <> $2)", [
      last?.size ?? 0,
      contract.address.slice(2).toLowerCase(),
    ]);
  }
}

/** An outage is one sentence: what a client library says of it is pages, and names addresses. */
function chainIsAway(error: unknown): never {
  const { shortMessage, details } = error as { shortMessage?: string; details?: string };
  throw shortMessage === undefined ? error : new AnchorFault(`the chain does not answer: ${details ?? shortMessage}`);
}

async function rootOf(db: Queryable, size: number): Promise<string | undefined> {
  const { rows } = await db.query("SELECT encode(root, 'hex') AS root FROM evidence.checkpoint WHERE size = $1", [size]);
  return (rows[0] as { root: string } | undefined)?.root;
}
