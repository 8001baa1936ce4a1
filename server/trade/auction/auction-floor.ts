/**
 * The floor: all halls of one process. It takes the lease, opens the sessions that are not over, keeps a board of each from
 * committed events, and tells the halls at most five times a second. Without the lease it waits, and another process bids.
 */
import type { RecordedEvent } from "../../record/index.ts";
import { readStream } from "../../record/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { Board, type BoardFrame } from "./board.ts";
import { Lease } from "./lease.ts";
import { Sequencer, type SequencerOptions } from "./sequencer.ts";

export interface FloorOptions extends Omit<SequencerOptions, "lease" | "told"> {
  shard: number;
  /** Tells a hall: the frame of what is new, at most five a second. */
  publish: (stream: string, frame: BoardFrame) => void;
}

const frameMs = 200;

export class AuctionFloor {
  readonly #options: FloorOptions;
  readonly #boards = new Map<string, Board>();
  readonly #due = new Set<string>();
  readonly #stop = new AbortController();
  #lease: Lease | undefined;
  #sequencer: Sequencer | undefined;
  #frames: NodeJS.Timeout | undefined;

  constructor(options: FloorOptions) {
    this.#options = options;
  }

  /** Undefined while another process holds the lease. */
  get sequencer(): Sequencer | undefined {
    return this.#sequencer;
  }

  board(stream: string): Board | undefined {
    return this.#boards.get(stream);
  }

  /** Waits for the lease, then opens every session that is not over. */
  async start(): Promise<void> {
    const { pool, shard } = this.#options;
    this.#lease = await Lease.take(pool, shard, this.#stop.signal);
    this.#sequencer = new Sequencer({ ...this.#options, lease: this.#lease, told: (event) => this.#told(event) });
    for (const stream of await unfinishedSessions(pool)) await this.open(stream);
  }

  /** Opens one session; its board first, so that nothing is committed that no board has heard of. One that is open stays as it is. */
  async open(stream: string): Promise<void> {
    if (this.#sequencer?.session(stream)) return;
    const [scheduled, ...rest] = await readStream(this.#options.pool, stream);
    if (!scheduled) throw new Error(`there is no session ${stream}`);
    const board = new Board(scheduled);
    for (const event of rest) board.take(event);
    board.frame();
    this.#boards.set(stream, board);
    await this.#sequencer?.open(stream);
  }

  close(): void {
    this.#stop.abort();
    clearTimeout(this.#frames);
    this.#sequencer?.close();
    this.#lease?.release();
  }

  #told(event: RecordedEvent): void {
    this.#boards.get(event.stream)?.take(event);
    this.#due.add(event.stream);
    this.#frames ??= setTimeout(() => this.#publishDue(), frameMs);
  }

  #publishDue(): void {
    this.#frames = undefined;
    for (const stream of this.#due) {
      const frame = this.#boards.get(stream)?.frame();
      if (frame) this.#options.publish(stream, frame);
    }
    this.#due.clear();
  }
}

/** Streams of sessions without an end. */
async function unfinishedSessions(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ stream: string }>(
    `SELECT s.stream FROM record.event s WHERE s.version = 1 AND s.type = 'auc.scheduled'
       AND NOT EXISTS (SELECT 1 FROM record.event e WHERE e.stream = s.stream AND e.type = ANY($1)) ORDER BY s.id`,
    [["auc.ended", "auc.matched", "auc.waived", "auc.cancelled"]],
  );
  return rows.map(({ stream }) => stream);
}
