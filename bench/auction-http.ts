/**
 * Offers through HTTP: the platform's own routes in a process of their own, bidders in this one, on the same cores. Each
 * offer is validated, its signature checked, and it is answered after the commit. Here a bidder asks one step more than
 * anybody has asked so far, so that what is measured are accepted offers.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { OfferMaker, scheduleFor } from "../server/app/testing/offer-makers.ts";
import { machineClock } from "../server/runtime/clock/clock.ts";
import type { Pool } from "../server/runtime/database/index.ts";
import type { Terms } from "../server/trade/auction/index.ts";
import { percentile } from "./report.ts";

export interface HallServer {
  child: ChildProcess;
  port: number;
  stream: string;
  makers: readonly OfferMaker[];
}

/** A session that runs, with so many bidders, served by a process of its own. */
export async function hallServer(
  pool: Pool,
  wish: { databaseUrl: string; stream: string; bidders: number; terms: Terms },
): Promise<HallServer> {
  const makers = Array.from({ length: wish.bidders }, (_, index) => new OfferMaker(index + 1));
  await scheduleFor(pool, makers, { stream: wish.stream, terms: wish.terms, startsAt: machineClock.now() });
  const program = join(import.meta.dirname, "../server/app/testing/hall-process.ts");
  const child = spawn(process.execPath, [program, wish.databaseUrl], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve, reject) => {
    let text = "";
    child.on("exit", () => reject(new Error("the hall's process ended")));
    child.stdout.on("data", (piece) => {
      text += String(piece);
      if (text.includes('"leading"')) resolve(Number(/"port":(\d+)/.exec(text)?.[1]));
    });
  });
  return { child, port, stream: wish.stream, makers };
}

export async function bidOverHttp(hall: HallServer, wish: { seconds: number; pauseMs?: number }) {
  const agent = new Agent({ keepAlive: true, maxSockets: hall.makers.length });
  const latencies: number[] = [];
  let accepted = 0;
  let asked = 10_000n;
  const started = performance.now();
  const bidder = async (maker: OfferMaker) => {
    // People do not bid in step: their pauses begin spread out.
    if (wish.pauseMs) await rest((wish.pauseMs * maker.number) / hall.makers.length);
    for (let n = 0; performance.now() - started < wish.seconds * 1000; n++) {
      asked += 100n;
      const offer = {
        auction: hall.stream,
        offerId: `offer-${maker.number}-${String(n).padStart(12, "0")}`,
        number: maker.number,
        priceFen: String(asked),
        lastSeqSeen: 0,
      };
      const body = JSON.stringify(maker.sign(offer));
      const before = performance.now();
      const status = await post(agent, hall, body);
      latencies.push(performance.now() - before);
      if (status === 200) accepted += 1;
      else if (status !== 422) throw new Error(`an offer was answered ${status}`);
      if (wish.pauseMs) await rest(wish.pauseMs);
    }
  };
  await Promise.all(hall.makers.map(bidder));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return {
    bidders: hall.makers.length,
    outcomesPerSecond: Math.round(latencies.length / seconds),
    acceptedPerSecond: Math.round(accepted / seconds),
    accepted,
    p50Ms: Number(percentile(latencies, 0.5).toFixed(1)),
    p99Ms: Number(percentile(latencies, 0.99).toFixed(1)),
  };
}

function post(agent: Agent, { port, stream }: HallServer, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const wish = request(
      { host: "127.0.0.1", port, agent, method: "POST", path: `/api/v1/auctions/${stream}/offers`, headers },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    wish.on("error", reject);
    wish.end(body);
  });
}
