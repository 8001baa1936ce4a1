/**
 * `npm run bench -- record [--json] [--seconds N] [--adversarial N]`
 *
 * Durable events a second through both doors of the record, at 1 and 64 writers, against one INSERT
 * and commit per event of the same bytes into the same kind of table on 64 connections; cells are
 * interleaved in rounds and medians reported. Then an adversarial run: writers that wait between
 * insert and commit, some that roll back, both doors mixed, 8 readers; nothing may be lost.
 */
import type { Pool } from "pg";
import { append, type Cause, commitmentOf, composeEvent, ManyAppender, Numberer, Views } from "../server/record/index.ts";
import { machineRandom } from "../server/runtime/clock/clock.ts";
import { migrate, openDatabase, openPool, transaction } from "../server/runtime/database/index.ts";
import { adversarialRun } from "./record-adversary.ts";
import { type BenchOptions, median } from "./report.ts";

const views = new Views([]);
const random = machineRandom;
const cause: Cause = { at: "2026-11-23T01:47:00.000Z", actor: "per_01", membership: "mem_01", commandId: "cmd_01", act: null };
const payload = { number: "07", priceFen: "128800000", seq: 1, note: "一次报价事件，约三百字节的正文".repeat(4) };
const bytes = (length: number) => random.bytes(length);

type Cell = (pool: Pool, writers: number, ms: number) => Promise<number>;

/** One INSERT and commit per event: the plain way, same row, same salt, same index. */
const plainInsert: Cell = (pool, writers, ms) =>
  loop(writers, ms, async (writer, n) => {
    const { event, text } = composeEvent(
      { stream: `y/${writer}/${random.bytes(6).join("")}`, type: "auc.offered", data: payload },
      1,
      cause,
    );
    const salt = bytes(32);
    await pool.query({
      name: "yardstick",
      text: "INSERT INTO yardstick.event (stream, version, type, event, salt, commitment, previous) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      values: [event.stream, n + 1, event.type, text, salt, commitmentOf(salt, text), salt],
    });
  });

const appendDoor: Cell = (pool, writers, ms) =>
  loop(writers, ms, (writer, n) =>
    transaction(pool, (tx) =>
      append(tx, [{ stream: `a/${writer}/${ms}/${random.bytes(6).join("")}`, type: "auc.offered", data: { ...payload, n } }], {
        cause,
        random: bytes,
        views,
      }),
    ).then(() => undefined),
  );

const manyDoor: Cell = async (pool, writers, ms) => {
  const many = new ManyAppender({ pool, random: bytes });
  const streams = Array.from({ length: writers }, (_, writer) => `m/${writer}/${random.bytes(6).join("")}`);
  for (const stream of streams) many.own(stream, { version: 0, hash: new Uint8Array(32) });
  return loop(writers, ms, (writer, n) =>
    many.append({ stream: streams[writer] as string, type: "auc.offered", data: { ...payload, n } }, cause).then(() => undefined),
  );
};

async function loop(writers: number, ms: number, write: (writer: number, n: number) => Promise<void>): Promise<number> {
  const end = performance.now() + ms;
  let count = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let n = 0; performance.now() < end; n++) {
        await write(writer, n);
        count += 1;
      }
    }),
  );
  return (count * 1000) / (performance.now() - started);
}

export async function run({ home, seconds = 2, rounds = 3, adversarialSeconds = 20 }: BenchOptions): Promise<Record<string, unknown>> {
  const database = await openDatabase({ home, name: `bench_record_${process.pid}`, url: process.env.DATABASE_URL });
  const pool = openPool({ url: database.url, max: 64 });
  try {
    await migrate(database.url);
    await pool.query("CREATE SCHEMA yardstick; CREATE TABLE yardstick.event (LIKE record.event INCLUDING ALL)");
    const numberer = new Numberer({ pool, now: () => Date.now() });
    numberer.start();
    const rates = await measure(pool, { ms: seconds * 1000, rounds });
    const adversary = await adversarialRun(pool, numberer, { seconds: adversarialSeconds, random, cause });
    await numberer.stop();
    return report(rates, adversary);
  } finally {
    await pool.end();
    await database.close();
  }
}

const cells: Record<string, readonly [Cell, number]> = {
  plain64: [plainInsert, 64],
  append64: [appendDoor, 64],
  appendMany64: [manyDoor, 64],
  plain1: [plainInsert, 1],
  append1: [appendDoor, 1],
  appendMany1: [manyDoor, 1],
};

async function measure(pool: Pool, { ms, rounds }: { ms: number; rounds: number }): Promise<Record<string, number[]>> {
  const rates: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, [cell, writers]] of Object.entries(cells)) {
      const rate = await cell(pool, writers, ms);
      rates[name] = [...(rates[name] ?? []), rate];
      process.stderr.write(`round ${round + 1} ${name}: ${rate.toFixed(0)} events/s\n`);
    }
  }
  return rates;
}

function report(rates: Record<string, number[]>, adversary: Awaited<ReturnType<typeof adversarialRun>>): Record<string, unknown> {
  const middle = (name: string) => median(rates[name] ?? []);
  const ratio = (name: string, yardstick: string) => Number((middle(name) / middle(yardstick)).toFixed(2));
  return {
    bench: "record",
    ratios: { appendMany64: ratio("appendMany64", "plain64"), append64: ratio("append64", "plain64") },
    readerLagP99Ms: adversary.readerLagP99Ms,
    lost: adversary.lost,
    detail: {
      eventsPerSecond: Object.fromEntries(
        Object.entries(rates).map(([name, all]) => [name, { median: Math.round(median(all)), all: all.map(Math.round) }]),
      ),
      adversary,
    },
  };
}
