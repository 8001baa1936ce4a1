/**
 * `npm run bench -- auction [--json] [--seconds N] [--rounds N]`
 *
 * Durable outcomes a second of the sequencer against the plain way: one transaction per offer that locks the lot by
 * SELECT … FOR UPDATE, judges by the same rule, writes the identical event row with salt, commitment and index, and
 * commits. Generator of both: next price = last price seen + step × chance of 1 to 8, and what a bidder has seen is what
 * its own last answer said. Cells are interleaved in rounds in one run; ratios are those of the medians, the smaller of outcomes and
 * accepted offers. After each cell: answered = recorded, and the fold of the record gives the price that memory held.
 */
import type { Pool } from "pg";
import { type Random, randomBelow } from "../server/kernel/index.ts";
import { append, readStream, Views } from "../server/record/index.ts";
import { machineClock, machineRandom } from "../server/runtime/clock/clock.ts";
import { migrate, openDatabase, openPool, transaction } from "../server/runtime/database/index.ts";
import { foldAuction, Lease, Sequencer, type Terms } from "../server/trade/auction/index.ts";
import { bidOverHttp, hallServer } from "./auction-http.ts";
import { benchTerms, makeYardstick, plainOffer } from "./auction-yardstick.ts";
import { type BenchOptions, median, percentile } from "./report.ts";

const random: Random = machineRandom;
/** What a signature takes in the record; cells measure the engine, signatures are measured through HTTP. */
const proof = { digest: "0".repeat(64), key: `02${"0".repeat(64)}`, sig: "0".repeat(128) };

interface Counts {
  outcomes: number;
  accepted: number;
  latencies: number[];
}

/** Takes one offer for a lot; the price that stands then, and whether the offer was accepted. */
type Offering = (lot: number, number: number, priceFen: bigint) => Promise<{ accepted: boolean; priceFen: bigint }>;

interface Cell {
  lots: number;
  bidders: number;
}

const cells = {
  oneLot1: { lots: 1, bidders: 1 },
  oneLot64: { lots: 1, bidders: 64 },
  oneLot256: { lots: 1, bidders: 256 },
  hundredLots1024: { lots: 100, bidders: 1024 },
} as const satisfies Record<string, Cell>;

type CellName = keyof typeof cells;

export async function run({ home, seconds = 1.8, rounds = 3 }: BenchOptions): Promise<Record<string, unknown>> {
  const database = await openDatabase({ home, name: `bench_auction_${process.pid}`, url: process.env.DATABASE_URL });
  const pool = openPool({ url: database.url, max: 64 });
  try {
    await migrate(database.url);
    await makeYardstick(pool);
    const measured = new Map<string, (Counts & { seconds: number })[]>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, cell] of Object.entries(cells)) {
        for (const [way, work] of [
          ["plain", plainCell],
          ["sequencer", sequencerCell],
        ] as const) {
          const counts = await work(pool, cell, seconds * 1000);
          measured.set(`${name}.${way}`, [...(measured.get(`${name}.${way}`) ?? []), counts]);
          process.stderr.write(`round ${round + 1} ${name} ${way}: ${Math.round(counts.outcomes / counts.seconds)} outcomes/s\n`);
        }
      }
    }
    return { ...report(measured), http64: await httpCell(pool, database.url, seconds * 1.5) };
  } finally {
    await pool.end();
    await database.close();
  }
}

async function bid({ lots, bidders }: Cell, ms: number, offering: Offering): Promise<Counts & { seconds: number }> {
  const counts: Counts = { outcomes: 0, accepted: 0, latencies: [] };
  const started = performance.now();
  const bidder = async (index: number) => {
    const lot = index % lots;
    let seen = BigInt(benchTerms.startFen);
    while (performance.now() - started < ms) {
      const price = seen + BigInt(benchTerms.stepFen) * BigInt(1 + randomBelow(random, 8));
      const before = performance.now();
      const answer = await offering(lot, 1 + Math.floor(index / lots), price);
      counts.latencies.push(performance.now() - before);
      counts.outcomes += 1;
      if (answer.accepted) counts.accepted += 1;
      if (answer.priceFen > seen) seen = answer.priceFen;
    }
  };
  await Promise.all(Array.from({ length: bidders }, (_, index) => bidder(index)));
  return { ...counts, seconds: (performance.now() - started) / 1000 };
}

/** 64 connections serve all bidders: more of them made it slower in every run. */
async function plainCell(pool: Pool, cell: Cell, ms: number) {
  const names = streamNames(cell.lots);
  await pool.query(
    "INSERT INTO yardstick.lot (stream, price_fen, seq, version, hash) SELECT n, $2, 0, 0, ''::bytea FROM unnest($1::text[]) n",
    [names, benchTerms.startFen],
  );
  return bid(cell, ms, (lot, number, priceFen) =>
    plainOffer(pool, { stream: names[lot] as string, number, priceFen, proof, random, ownLead: cell.bidders === 1 }),
  );
}

async function sequencerCell(pool: Pool, cell: Cell, ms: number) {
  const names = streamNames(cell.lots);
  const lease = await Lease.take(pool, 1);
  const terms: Terms = { ...benchTerms, ownLead: cell.bidders === 1 };
  const sequencer = new Sequencer({ pool, lease, random: (length) => random.bytes(length), clock: machineClock, onFault: fault });
  for (const stream of names) await openSession(pool, sequencer, { stream, terms, numbers: Math.ceil(cell.bidders / cell.lots) });
  let offers = 0;
  const counts = await bid(cell, ms, async (lot, number, priceFen) => {
    const stream = names[lot] as string;
    offers += 1;
    const offer = {
      auction: stream,
      offerId: `offer-${String(offers).padStart(14, "0")}`,
      number,
      priceFen: String(priceFen),
      lastSeqSeen: 0,
    };
    const answer = await sequencer.offer(stream, offer, proof);
    return { accepted: answer.accepted, priceFen: answer.accepted ? priceFen : BigInt(answer.wantedFen ?? 0) - BigInt(terms.stepFen) };
  });
  await check(pool, sequencer, names, counts.outcomes);
  sequencer.close();
  lease.release();
  return counts;
}

/** Through the platform's own routes, with validation and signatures; not part of the ratios, because the yardstick has none. */
async function httpCell(pool: Pool, databaseUrl: string, seconds: number) {
  const hall = await hallServer(pool, {
    databaseUrl,
    stream: streamNames(1)[0] as string,
    bidders: 64,
    terms: { ...benchTerms, ownLead: true },
  });
  try {
    return await bidOverHttp(hall, { seconds });
  } finally {
    hall.child.removeAllListeners("exit");
    hall.child.kill("SIGKILL");
  }
}

async function openSession(
  pool: Pool,
  sequencer: Sequencer,
  { stream, terms, numbers }: { stream: string; terms: Terms; numbers: number },
): Promise<void> {
  const at = machineClock.now();
  const data = { lotId: stream.replace("auc_", "lot_"), terms, startsAt: at };
  const cause = { at: new Date(at).toISOString(), actor: "system", membership: null, commandId: "cmd_bench", act: null };
  await transaction(pool, (tx) =>
    append(tx, [{ stream, type: "auc.scheduled", data }], { cause, random: (length) => random.bytes(length), views: new Views([]) }),
  );
  await sequencer.open(stream);
  const admit = (number: number) =>
    sequencer.move(stream, () => ({ type: "auc.admitted", at, data: { number, key: proof.key } }), `cmd_admit_${number}`);
  await Promise.all(Array.from({ length: numbers }, (_, index) => admit(index + 1)));
}

/** Nothing answered is missing, and the record alone leads to the same price. */
async function check(pool: Pool, sequencer: Sequencer, names: readonly string[], outcomes: number): Promise<void> {
  let recorded = 0;
  for (const stream of names) {
    const folded = foldAuction(await readStream(pool, stream));
    recorded += folded?.seq ?? 0;
    if (folded?.best?.priceFen !== sequencer.session(stream)?.best?.priceFen) throw new Error(`${stream} does not replay to its price`);
  }
  if (recorded !== outcomes) throw new Error(`${outcomes} offers were answered, ${recorded} are recorded`);
}

function streamNames(lots: number): string[] {
  const run = [...random.bytes(12)].map((byte) => (byte % 10).toString()).join("");
  return Array.from({ length: lots }, (_, lot) => `auc_${run}${String(lot).padStart(14, "0")}`);
}

function fault(error: unknown): void {
  throw error;
}

function report(measured: ReadonlyMap<string, (Counts & { seconds: number })[]>): Record<string, unknown> {
  const rate = (key: string, of: "outcomes" | "accepted") => median((measured.get(key) ?? []).map((counts) => counts[of] / counts.seconds));
  const detail = Object.keys(cells).map((name) => {
    const ratioOf = (of: "outcomes" | "accepted") => Number((rate(`${name}.sequencer`, of) / rate(`${name}.plain`, of)).toFixed(2));
    return [
      name,
      {
        outcomes: ratioOf("outcomes"),
        accepted: ratioOf("accepted"),
        plain: figures(name, "plain"),
        sequencer: figures(name, "sequencer"),
      },
    ] as const;
  });
  function figures(name: string, way: string) {
    const all = (measured.get(`${name}.${way}`) ?? []).flatMap(({ latencies }) => latencies);
    return {
      outcomesPerSecond: Math.round(rate(`${name}.${way}`, "outcomes")),
      acceptedPerSecond: Math.round(rate(`${name}.${way}`, "accepted")),
      p50Ms: Number(percentile(all, 0.5).toFixed(1)),
      p99Ms: Number(percentile(all, 0.99).toFixed(1)),
    };
  }
  const ratio = (name: CellName) => {
    const found = detail.find(([cell]) => cell === name)?.[1];
    return Math.min(found?.outcomes ?? 0, found?.accepted ?? 0);
  };
  return {
    bench: "auction",
    ratios: { oneLot64: ratio("oneLot64"), oneLot256: ratio("oneLot256"), hundredLots1024: ratio("hundredLots1024") },
    p99Ms64: figures("oneLot64", "sequencer").p99Ms,
    detail: Object.fromEntries(detail),
  };
}
