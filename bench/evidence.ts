/**
 * `npm run bench -- evidence [--json] [--full]`
 *
 * Leaves a second from a record that is already numbered, heads and tiles included, against a plain multi-row INSERT of
 * the same bytes in the same batches; lag behind 500 events a second and the drain of an auction's 20,000; inclusion
 * proofs from tile files that nothing has cached in the process (1,000,000 leaves, with --full 10,000,000); the time until
 * 3 of 4 witnesses have signed, each a process; the time of an anchor on the embedded chain.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { generatePrivateKey } from "viem/accounts";
import { concat, u32 } from "../formats/bytes.ts";
import { Frontier, leafHash, nodesFromTiles, proveInclusion, tilePath } from "../formats/evidence/index.ts";
import { AnchorContract, Evidence, startEmbeddedChain, TileFolder } from "../server/evidence/index.ts";
import { randomBelow } from "../server/kernel/index.ts";
import { type Cause, ManyAppender, Numberer } from "../server/record/index.ts";
import { machineClock, machineRandom } from "../server/runtime/clock/clock.ts";
import { migrate, openDatabase, openPool, type Pool, transaction } from "../server/runtime/database/index.ts";
import { startSandboxWitnesses } from "../witness/start-sandbox.ts";
import { type BenchOptions, median, percentile } from "./report.ts";

const cause: Cause = { at: "2026-11-23T01:47:00.000Z", actor: "per_01", membership: "mem_01", commandId: "cmd_01", act: null };
const data = { number: "07", priceFen: "128800000", seq: 1, note: "一次报价事件，约三百字节的正文".repeat(4) };
const batch = 1000;
const origin = "bench.localhost/evidence";
const names = ["w1", "w2", "w3", "w4"];

export async function run({ home, rounds = 3, full = false }: BenchOptions): Promise<Record<string, unknown>> {
  const database = await openDatabase({ home, name: `bench_evidence_${process.pid}`, url: process.env.DATABASE_URL });
  const pool = openPool({ url: database.url, max: 16 });
  const folder = mkdtempSync(join(tmpdir(), "egret-bench-evidence-"));
  try {
    await migrate(database.url);
    const proofs = await measureProofs(join(folder, "proofs"), full ? 10_000_000 : 1_000_000);
    const bench = new Bench(pool, folder);
    const appended = await bench.appending(rounds);
    const live = await bench.living();
    await bench.close();
    return { bench: "evidence", ratios: { appendLeaves: appended.ratio }, ...live, proofs, detail: { appended } };
  } finally {
    await pool.end();
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

class Bench {
  readonly #pool: Pool;
  readonly #folder: string;
  readonly #many: ManyAppender;
  readonly #numberer: Numberer;
  #streams = 0;

  constructor(pool: Pool, folder: string) {
    this.#pool = pool;
    this.#folder = folder;
    this.#numberer = new Numberer({ pool, now: () => machineClock.now() });
    this.#many = new ManyAppender({ pool, random: (length) => machineRandom.bytes(length), onCommit: () => this.#numberer.wake() });
  }

  /** Events of one auction: one stream, as hot as the record takes them. */
  async #auction(count: number): Promise<void> {
    const stream = `auc_${this.#streams++}`;
    this.#many.own(stream, { version: 0, hash: new Uint8Array(32) });
    for (let done = 0; done < count; done += 5000)
      await Promise.all(
        Array.from({ length: Math.min(5000, count - done) }, () => this.#many.append({ stream, type: "auc.offered", data }, cause)),
      );
  }

  /** The yardstick writes what the log wrote: the same rows, read back, into the same kind of table, batch by batch. */
  async appending(rounds: number) {
    const evidence = await this.#open();
    await this.#pool.query("CREATE SCHEMA yardstick; CREATE TABLE yardstick.leaf (LIKE evidence.leaf INCLUDING ALL)");
    const leaves: number[] = [];
    const plain: number[] = [];
    const count = 20_000;
    for (let round = 0; round < rounds; round++) {
      await this.#auction(count);
      await this.#numberer.settle();
      leaves.push(await perSecond(count, () => evidence.settle()));
      const { rows } = await this.#pool.query("SELECT seq, entry, hash FROM evidence.leaf ORDER BY seq DESC LIMIT $1", [count]);
      plain.push(await perSecond(count, () => this.#insertPlainly(rows)));
      process.stderr.write(`round ${round + 1}: ${leaves[round]} leaves/s, ${plain[round]} rows/s\n`);
    }
    await evidence.stop();
    return {
      ratio: Number((median(leaves) / median(plain)).toFixed(2)),
      leavesPerSecond: median(leaves),
      plainRowsPerSecond: median(plain),
    };
  }

  async #insertPlainly(rows: { seq: string; entry: string; hash: Buffer }[]): Promise<void> {
    for (let i = 0; i < rows.length; i += batch) {
      const part = rows.slice(i, i + batch);
      await transaction(this.#pool, (tx) =>
        tx.query("INSERT INTO yardstick.leaf SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[])", [
          part.map(({ seq }) => seq),
          part.map(({ entry }) => entry),
          part.map(({ hash }) => hash),
        ]),
      );
    }
  }

  /** Started, with witnesses and chain, as a city runs it. */
  async living() {
    const chain = await startEmbeddedChain({ chainId: 20_263 });
    const contract = await AnchorContract.deploy({ rpcUrls: [chain.rpcUrl], chainId: 20_263, secret: generatePrivateKey() }, origin);
    await contract.send("grant", [contract.sender, 3]);
    const plain = await this.#open();
    const logKey = plain.verifierKey;
    await plain.stop();
    const witnesses = await startSandboxWitnesses({
      home: this.#folder,
      names,
      k: 3,
      logKey,
      random: (length) => machineRandom.bytes(length),
    });
    const nowText = new Date(machineClock.now()).toISOString();
    await witnesses.setClock({ anchorReal: nowText, anchorVirtual: nowText, tempo: 1 });
    const evidence = await this.#open({ witnesses: { addresses: witnesses.addresses, k: 3 } });
    await evidence.settle();
    const witnessed = await this.#witnessTimes(evidence);
    this.#numberer.start();
    evidence.start();
    const lag = await this.#lag(evidence);
    const drained = await this.#drain(evidence);
    await evidence.stop();
    const anchors: number[] = [];
    for (let i = 1; i <= 20; i++) anchors.push(await milliseconds(() => contract.anchor(i.toString(16).padStart(64, "0"), i)));
    await witnesses.stop();
    await chain.stop();
    return { logLagP99Ms: lag, drain20000Seconds: drained, witnessedBy3Of4Ms: witnessed, anchorP50MsEmbedded: Math.round(median(anchors)) };
  }

  async #witnessTimes(evidence: Evidence): Promise<number> {
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      await this.#auction(10);
      await this.#numberer.settle();
      times.push(await milliseconds(() => evidence.settle()));
    }
    return Math.round(percentile(times, 0.99));
  }

  /** From the commit of an event to a signed head that holds it, at 500 events a second for ten seconds. */
  async #lag(evidence: Evidence): Promise<number> {
    const lags: number[] = [];
    const waiting: { position: number; at: number }[] = [];
    for (let tick = 0; tick < 100; tick++) {
      await Promise.all([this.#auction(50), rest(100)]);
      waiting.push({ position: this.#numberer.head, at: performance.now() });
      while (waiting[0] && waiting[0].position < evidence.log.state.size) lags.push(performance.now() - (waiting.shift()?.at ?? 0));
    }
    return Math.round(percentile(lags, 0.99));
  }

  async #drain(evidence: Evidence): Promise<number> {
    await this.#auction(20_000);
    await this.#numberer.settle();
    const started = performance.now();
    while (evidence.log.state.size <= this.#numberer.head) await rest(5);
    return Number(((performance.now() - started) / 1000).toFixed(2));
  }

  async close(): Promise<void> {
    await this.#numberer.stop();
  }

  #open(more: Partial<Parameters<typeof Evidence.open>[0]> = {}): Promise<Evidence> {
    return Evidence.open({
      pool: this.#pool,
      numberer: this.#numberer,
      clock: machineClock,
      machineClock,
      random: machineRandom,
      origin,
      keyFolder: join(this.#folder, "keys"),
      logFolder: join(this.#folder, "log"),
      onFault: (error) => console.error(error),
      ...more,
    });
  }
}

/** Tiles of a made-up tree, written plainly, and 2,000 proofs, each by a reader that has read nothing before. */
async function measureProofs(folder: string, leaves: number) {
  writeTiles(folder, leaves);
  const times: number[] = [];
  const tiles = new TileFolder(folder);
  for (let i = 0; i < 2000; i++) {
    const index = randomBelow(machineRandom, leaves);
    times.push(
      await milliseconds(() =>
        proveInclusion(
          nodesFromTiles((tile) => tiles.read(tile), leaves),
          index,
          leaves,
        ),
      ),
    );
  }
  return {
    leaves,
    p50Ms: round2(median(times)),
    p99Ms: round2(percentile(times, 0.99)),
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
}

function writeTiles(folder: string, leaves: number): void {
  const rows: Uint8Array[][] = [];
  const indexes: number[] = [];
  const tree = new Frontier();
  const write = (level: number, width: number) => {
    const path = join(folder, tilePath({ level, index: indexes[level] ?? 0, width }));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, concat(...(rows[level] ?? [])));
  };
  for (let i = 0; i < leaves; i++)
    tree.append(leafHash(u32(i)), (level, _, hash) => {
      if (level % 8 !== 0) return;
      const row = rows[level / 8] ?? [];
      rows[level / 8] = row;
      row.push(hash);
      if (row.length < 256) return;
      write(level / 8, 256);
      rows[level / 8] = [];
      indexes[level / 8] = (indexes[level / 8] ?? 0) + 1;
    });
  for (const [level, row] of rows.entries()) if (row.length > 0) write(level, row.length);
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  return Math.round((count * 1000) / (await milliseconds(work)));
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const round2 = (value: number) => Number(value.toFixed(2));
