/** Writers that dawdle, roll back and mix both doors; readers in a tight loop that must see every event once, in one order. */
import type { Pool } from "pg";
import { type Random, randomBelow } from "../server/kernel/index.ts";
import { append, type Cause, ManyAppender, type Numberer, readAfter, Views } from "../server/record/index.ts";
import { percentile } from "./report.ts";

const views = new Views([]);
const readerLimits = [1, 7, 1000, 1000, 50, 7, 500, 1000];

interface Wish {
  seconds: number;
  random: Random;
  cause: Cause;
}

class Rollback extends Error {}

export async function adversarialRun(pool: Pool, numberer: Numberer, wish: Wish) {
  const committedAt = new Map<string, number>();
  const start = numberer.head;
  const readers = readerLimits.map((limit) => new Reader(pool, numberer, { limit, from: start, committedAt }));
  const reading = readers.map((reader) => reader.run());
  const started = performance.now();
  await Promise.all([
    ...Array.from({ length: 24 }, (_, writer) => dawdle(pool, numberer, writer, { ...wish, committedAt })),
    hurry(pool, numberer, { ...wish, committedAt }),
  ]);
  const elapsed = (performance.now() - started) / 1000;
  await numberer.settle();
  for (const reader of readers) reader.finishAt(numberer.head);
  await Promise.all(reading);
  const lags = readers.flatMap((reader) => reader.lags);
  return {
    seconds: Number(elapsed.toFixed(1)),
    committed: committedAt.size,
    eventsPerSecond: Math.round(committedAt.size / elapsed),
    readers: readers.length,
    lost: Math.max(...readers.map((reader) => [...committedAt.keys()].filter((key) => !reader.seen.has(key)).length)),
    doubled: readers.reduce((sum, reader) => sum + reader.doubled, 0),
    misplaced: readers.reduce((sum, reader) => sum + reader.misplaced, 0),
    readerLagP99Ms: Number(percentile(lags, 0.99).toFixed(1)),
  };
}

/** A command: insert, wait 0–60 ms, commit; one in ten rolls back. */
async function dawdle(
  pool: Pool,
  numberer: Numberer,
  writer: number,
  { seconds, random, cause, committedAt }: Wish & { committedAt: Map<string, number> },
) {
  const end = performance.now() + seconds * 1000;
  for (let n = 0; performance.now() < end; n++) {
    const stream = `adv/${writer}/${n}`;
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await append(client, [{ stream, type: "x.done", data: { n } }], { cause, random: (length) => random.bytes(length), views });
      await new Promise((resolve) => setTimeout(resolve, randomBelow(random, 60)));
      if (randomBelow(random, 10) === 0) throw new Rollback();
      await client.query("COMMIT");
      committedAt.set(`${stream}@1`, performance.now());
      numberer.wake();
    } catch (error) {
      await client.query("ROLLBACK");
      if (!(error instanceof Rollback)) throw error;
    } finally {
      client.release();
    }
  }
}

/** The hot door beside it: 300 events a second in small groups. */
async function hurry(pool: Pool, numberer: Numberer, { seconds, random, cause, committedAt }: Wish & { committedAt: Map<string, number> }) {
  const many = new ManyAppender({ pool, random: (length) => random.bytes(length), onCommit: () => numberer.wake() });
  many.own("adv/hot", { version: 0, hash: new Uint8Array(32) });
  const end = performance.now() + seconds * 1000;
  for (let n = 0; performance.now() < end; n++) {
    const events = await Promise.all(
      Array.from({ length: 6 }, () => many.append({ stream: "adv/hot", type: "x.done", data: { n } }, cause)),
    );
    for (const event of events) committedAt.set(`adv/hot@${event.version}`, performance.now());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

class Reader {
  readonly seen = new Set<string>();
  readonly lags: number[] = [];
  doubled = 0;
  misplaced = 0;
  readonly #pool: Pool;
  readonly #numberer: Numberer;
  readonly #limit: number;
  readonly #committedAt: Map<string, number>;
  #position: number;
  #end = Number.POSITIVE_INFINITY;

  constructor(pool: Pool, numberer: Numberer, wish: { limit: number; from: number; committedAt: Map<string, number> }) {
    this.#pool = pool;
    this.#numberer = numberer;
    this.#limit = wish.limit;
    this.#position = wish.from;
    this.#committedAt = wish.committedAt;
  }

  finishAt(position: number): void {
    this.#end = position;
  }

  async run(): Promise<void> {
    while (this.#position < this.#end) {
      const events = await readAfter(this.#pool, this.#position, this.#limit);
      const now = performance.now();
      for (const event of events) this.#take(`${event.stream}@${event.version}`, event.position, now);
      if (events.length === 0) await this.#nextBatch();
    }
  }

  #take(key: string, position: number, now: number): void {
    if (position !== this.#position + 1) this.misplaced += 1;
    this.#position = position;
    if (this.seen.has(key)) this.doubled += 1;
    this.seen.add(key);
    const committed = this.#committedAt.get(key);
    // A reader with a limit of one is behind because it asks for one at a time; lag is the platform's, so it is taken from the others.
    if (committed !== undefined && this.#limit >= 500) this.lags.push(now - committed);
  }

  #nextBatch(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#numberer.off("numbered", done);
        resolve();
      };
      const timer = setTimeout(done, 100);
      this.#numberer.once("numbered", done);
    });
  }
}
