/**
 * `npm run bench -- watch [--json] [--watchers 5000] [--seconds 60]`
 *
 * Watchers of one hall over server-sent events while 200 bidders bid through HTTP in the same run. Each watcher checks that
 * the ids it gets are dense: a gap is a lost frame. Every fiftieth also reads what is in the frames; lag is from the arrival
 * of an offer at the server to its frame at the watcher, the joining of frames included.
 */
import { connect, type Socket } from "node:net";
import { machineClock } from "../server/runtime/clock/clock.ts";
import { migrate, openDatabase, openPool } from "../server/runtime/database/index.ts";
import { bidOverHttp, type HallServer, hallServer } from "./auction-http.ts";
import { benchTerms } from "./auction-yardstick.ts";
import { type BenchOptions, percentile } from "./report.ts";

const bidders = 200;
const readEvery = 50;
const stream = "auc_00000000000000000000000005";

export async function run({ home, seconds = 60, watchers = 5000 }: BenchOptions): Promise<Record<string, unknown>> {
  const database = await openDatabase({ home, name: `bench_watch_${process.pid}`, url: process.env.DATABASE_URL });
  const pool = openPool({ url: database.url, max: 4 });
  let hall: HallServer | undefined;
  try {
    await migrate(database.url);
    hall = await hallServer(pool, { databaseUrl: database.url, stream, bidders, terms: { ...benchTerms, ownLead: true } });
    const watching: Watcher[] = [];
    for (let first = 0; first < watchers; first += 100)
      watching.push(...(await openWatchers(hall, first, Math.min(100, watchers - first))));
    process.stderr.write(`${watching.length} watchers are connected\n`);
    const bid = await bidOverHttp(hall, { seconds, pauseMs: 1500 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return report(watching, bid);
  } finally {
    hall?.child.removeAllListeners("exit");
    hall?.child.kill("SIGKILL");
    await pool.end();
    await database.close();
  }
}

function openWatchers(hall: HallServer, first: number, count: number): Promise<Watcher[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => Watcher.open(hall, (first + index) % readEvery === 0)));
}

class Watcher {
  lost = 0;
  frames = 0;
  offers = 0;
  isClosed = false;
  readonly lags: number[] = [];
  readonly #reads: boolean;
  /** The number of the latest frame. */
  last = 0;
  #rest = "";

  private constructor(socket: Socket, reads: boolean) {
    this.#reads = reads;
    socket.setEncoding("utf8");
    socket.on("data", (text) => this.#take(String(text)));
    socket.on("close", () => {
      this.isClosed = true;
    });
    socket.on("error", () => undefined);
  }

  /** Resolves once the whole board has come. */
  static open({ port }: HallServer, reads: boolean): Promise<Watcher> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(`GET /api/v1/auctions/${stream}/stream HTTP/1.1\r\nhost: localhost\r\n\r\n`),
      );
      const watcher = new Watcher(socket, reads);
      socket.once("error", reject);
      socket.once("data", () => resolve(watcher));
    });
  }

  #take(text: string): void {
    const now = machineClock.now();
    const whole = this.#rest + text;
    const end = whole.lastIndexOf("\n") + 1;
    this.#rest = whole.slice(end);
    for (const [, number] of whole.slice(0, end).matchAll(/^id: \w+\.(\d+)$/gm)) {
      this.frames += 1;
      if (this.last > 0) this.lost += Number(number) - this.last - 1;
      this.last = Number(number);
    }
    if (!this.#reads) return;
    for (const [, frame = ""] of whole.slice(0, end).matchAll(/^id: .*\ndata: (.*)$/gm)) {
      const { offers } = JSON.parse(frame) as { offers: { at: number }[] };
      this.offers += offers.length;
      for (const { at } of offers) this.lags.push(now - at);
    }
  }
}

function report(watching: readonly Watcher[], bid: Awaited<ReturnType<typeof bidOverHttp>>): Record<string, unknown> {
  const readers = watching.filter(({ offers }) => offers > 0);
  const lags = readers.flatMap((watcher) => watcher.lags);
  const latest = Math.max(...watching.map(({ last }) => last));
  return {
    bench: "watch",
    watchers: watching.length,
    dropped: watching.filter(({ isClosed }) => isClosed).length,
    /** Gaps between ids, and frames at the end that did not come. */
    lost: watching.reduce((sum, { lost, last }) => sum + lost + (latest - last), 0),
    offersLost: Math.max(0, ...readers.map(({ offers }) => bid.accepted - offers)),
    watchersP99Ms: percentile(lags, 0.99),
    bidP99Ms: bid.p99Ms,
    acceptedPerSecond: bid.acceptedPerSecond,
    detail: { frames: watching[0]?.frames ?? 0, watchersP50Ms: percentile(lags, 0.5), bid },
  };
}
