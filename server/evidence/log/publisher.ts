/**
 * Signs heads. The order is the law (evidence-v1 §10): entries, nodes and tiles are durable, then the
 * head is kept in the key folder, then in the database, then it is published. The tree that is signed
 * grows from the last signed frontier over the leaves as they stand, so that every signed head extends
 * every earlier one whatever happened to the database; where the database disagrees, nothing is signed.
 */
import { equalBytes, hex, utf8 } from "../../../formats/bytes.ts";
import { Frontier, readNote, signCheckpoint } from "../../../formats/evidence/index.ts";
import type { Clock } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { type Pool, type Transaction, transaction } from "../../runtime/database/index.ts";
import { LogFault } from "./log-fault.ts";
import type { LogKeys, SignedHead } from "./log-keys.ts";
import type { TileFolder } from "./tile-folder.ts";
import { TileWriter } from "./tile-writer.ts";

const leaderLock = 7_271_030;
const rowsPerRead = 4096;

export interface PublisherOptions {
  pool: Pool;
  keys: LogKeys;
  folder: TileFolder;
  /** Trade time. */
  clock: Clock;
}

export interface Published {
  size: number;
  root: string;
  note: string;
}

export class Publisher {
  readonly #options: PublisherOptions;
  #writer: TileWriter | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Signs and publishes the tree as far as the database has it; undefined when there is nothing new. @throws LogFault */
  async publish(): Promise<Published | undefined> {
    try {
      const published = await transaction(this.#options.pool, (tx) => this.#sign(tx));
      if (published) {
        await this.#writer?.dropPartials();
        await this.#options.folder.writeCheckpoint(published.note);
      }
      return published;
    } catch (error) {
      // What the writer holds may be ahead of what was signed: it starts again from the signed head.
      this.#writer = undefined;
      throw error;
    }
  }

  async #sign(tx: Transaction): Promise<Published | undefined> {
    await tx.query("SELECT pg_advisory_xact_lock($1)", [leaderLock]);
    const head = await this.#options.keys.readHead();
    const tree = await treeOf(tx);
    await this.#compare(tx, head, tree);
    if (tree.size === (head?.frontier.size ?? 0)) return this.#republish(head);
    const writer = await this.#writerAt(head);
    await extend(tx, writer, tree.size);
    const root = writer.frontier.root();
    if (!equalBytes(root, tree.root()))
      throw new LogFault("tampered", `the leaves up to ${tree.size} do not give the root of the stored tree`);
    await writer.flush();
    crashPoint("CP08.tiles-written");
    const note = signCheckpoint({ origin: this.#options.keys.origin, size: tree.size, root }, this.#options.keys.secret);
    await this.#options.keys.keepHead({ frontier: writer.frontier.copy(), note });
    crashPoint("CP09.signed");
    await keepCheckpoint(tx, { size: tree.size, root: hex(root), note }, this.#options.clock.now());
    return { size: tree.size, root: hex(root), note };
  }

  /** Refuses a smaller tree and one that is not the signed one (§10). */
  async #compare(tx: Transaction, head: SignedHead | undefined, tree: Frontier): Promise<void> {
    if (head === undefined) {
      const { rows } = await tx.query<{ size: string }>("SELECT size FROM evidence.checkpoint LIMIT 1");
      if (rows[0]) throw new LogFault("forked", "heads were signed before, and the key folder knows none of them");
      return;
    }
    const { size } = head.frontier;
    if (tree.size < size) throw new LogFault("shrunk", `the database has ${tree.size} leaves, ${size} were signed`);
    const root = head.frontier.root();
    if (tree.size === size && !equalBytes(tree.root(), root))
      throw new LogFault("forked", `the tree of ${size} leaves is not the signed one`);
    // A crash between the key folder and the database left the head in the folder alone.
    await keepCheckpoint(tx, { size, root: hex(root), note: head.note }, this.#options.clock.now());
  }

  /** After a crash the published checkpoint may be older than the signed one. */
  async #republish(head: SignedHead | undefined): Promise<Published | undefined> {
    if (head === undefined) return undefined;
    const shown = await this.#options.folder.checkpoint();
    if (shown !== undefined && readNote(shown)?.size === head.frontier.size) return undefined;
    return { size: head.frontier.size, root: hex(head.frontier.root()), note: head.note };
  }

  async #writerAt(head: SignedHead | undefined): Promise<TileWriter> {
    const frontier = head?.frontier ?? new Frontier();
    const isCurrent = this.#writer?.frontier.size === frontier.size && equalBytes(this.#writer.frontier.root(), frontier.root());
    if (!isCurrent) this.#writer = await TileWriter.at(this.#options.folder, frontier);
    return this.#writer as TileWriter;
  }
}

async function treeOf(tx: Transaction): Promise<Frontier> {
  const { rows } = await tx.query<{ size: string; peaks: Buffer }>("SELECT size, peaks FROM evidence.tree WHERE id = 1");
  if (!rows[0]) throw new LogFault("tampered", "the row of the tree is gone");
  return Frontier.fromBytes(Number(rows[0].size), rows[0].peaks);
}

async function extend(tx: Transaction, writer: TileWriter, size: number): Promise<void> {
  while (writer.frontier.size < size) {
    const { rows } = await tx.query<{ seq: string; entry: string; hash: Buffer }>(
      "SELECT seq, entry, hash FROM evidence.leaf WHERE seq >= $1 AND seq < $2 ORDER BY seq LIMIT $3",
      [writer.frontier.size, size, rowsPerRead],
    );
    if (rows.length === 0) throw new LogFault("gap", `leaf ${writer.frontier.size} is missing`);
    for (const row of rows) {
      const entry = utf8(row.entry);
      if (Number(row.seq) !== writer.frontier.size) throw new LogFault("gap", `leaf ${writer.frontier.size} is missing`);
      if (!equalBytes(writer.append(entry), row.hash)) throw new LogFault("tampered", `leaf ${row.seq} is not what its hash says`);
    }
  }
}

async function keepCheckpoint(tx: Transaction, { size, root, note }: Published, nowMs: number): Promise<void> {
  await tx.query(
    `INSERT INTO evidence.checkpoint (size, root, note, signed_ms) VALUES ($1, decode($2, 'hex'), $3, $4) ON CONFLICT DO NOTHING`,
    [size, root, note, nowMs],
  );
  const { rows } = await tx.query<{ root: Buffer }>("SELECT root FROM evidence.checkpoint WHERE size = $1", [size]);
  // "two checkpoints of one size with different roots" (§10).
  if (!rows[0] || hex(rows[0].root) !== root) throw new LogFault("forked", `another head of ${size} leaves was signed`);
}
