/**
 * The whole trade of `construction-open`, told while its server is killed again and again. After each death
 * what is durable is looked at while the platform is down: nothing may be open before its time, and all that
 * was acknowledged must be there. At the end every answer that was ever given is asked for again.
 */

import { stages } from "../../server/app/testing/stages.ts";
import { identityView } from "../../server/identity/index.ts";
import { seededRandom } from "../../server/kernel/index.ts";
import { readAfter, Views } from "../../server/record/index.ts";
import type { Pool } from "../../server/runtime/database/index.ts";
import { cityBids } from "../construction-open/bids.ts";
import { constructionOpen } from "../construction-open/story.ts";
import { verifyLive } from "../evidence/verify-live.ts";
import { type BankBooks, lookAt, type Scanned } from "../invariants/finding.ts";
import { scan as frozenList } from "../invariants/i06-frozen-list.ts";
import { type CrashWorld, openCrashWorld } from "./crash-world.ts";

export interface CrashStory {
  deaths: readonly string[];
  /** Places of the list that the story never came to. */
  neverPassed: string | undefined;
  /** Requests that were sent again because their answer was unknown. */
  repeated: number;
  acknowledged: number;
  /** Answers that differ from the first one, and what was open too early. */
  faults: readonly string[];
}

/** @param look is given everything that is durable, and what clients were told, before the world ends. */
export async function tellWithDeaths(
  places: readonly string[],
  look: (scanned: Scanned) => Promise<void>,
  say: (words: string) => void = () => undefined,
): Promise<CrashStory> {
  const faults: string[] = [];
  const crash = await openCrashWorld(places, async (pool, place) => {
    say(`killed at ${place}`);
    faults.push(...(await openedEarly(pool)).map((words) => `${place}: ${words}`));
  });
  try {
    const random = seededRandom(1);
    await untilBankSpoke(crash);
    await refuseSomething(crash);
    await constructionOpen({ world: crash.world, seed: 1, random, say });
    const { memory, server } = crash;
    const acknowledged = memory.acknowledged.length;
    faults.push(...(await memory.contradictions(acknowledged)));
    // Before anybody looks: who looks may plant breaches.
    const live = verifyLive(crash);
    if (live.code !== 0) faults.push(`verify --live: ${live.said}`);
    await look(await scannedOf(crash));
    return { deaths: server.deaths, neverPassed: server.waitingFor, repeated: memory.repeated, acknowledged, faults };
  } finally {
    await crash.close();
  }
}

/** The first order to the bank and its answer go by themselves when the platform starts: their deaths come before the story. */
async function untilBankSpoke({ world, server }: CrashWorld): Promise<void> {
  const isOfStart = () => /^(CP17|CP05\.relay|CP15)/.test(server.waitingFor ?? "");
  if (isOfStart()) await world.until(async () => !isOfStart(), `the server never came to ${server.waitingFor}`);
}

/** An act that is refused, so that a refusal has its deaths too: nobody may enrol whom only the registrar may. */
async function refuseSomething({ world }: CrashWorld): Promise<void> {
  await world.as("registrar").refused("prj.register", null, {}, "request.invalid");
  await world.as("registrar").refused("adm.check", null, { admissionId: "adm_00000000000000000000000000" }, "act.not-your-role");
}

/** What the database holds while the platform is down: no step of an opening before the one that allows it, no price before the bids are read. */
async function openedEarly(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ there: string | null }>("SELECT to_regclass('transaction.lot')::text AS there");
  if (rows[0]?.there === null || rows[0]?.there === undefined) return [];
  const events = await readAfter(pool, -1, 1_000_000);
  const found = await frozenList({ events });
  const words = found.map(({ where, words: said }) => `${where}: ${said}`);
  if (!events.some(({ type }) => type === "bid.unsealed")) words.push(...(await pricesIn(pool)));
  return words;
}

/** Canary: the bidders' prices, as they stand in the sealed bids. */
async function pricesIn(pool: Pool): Promise<string[]> {
  const prices = cityBids.map(({ bidForm }) => bidForm.totalPriceYuan.replace(".", ""));
  const { rows } = await pool.query<{ event: string }>("SELECT event FROM record.event WHERE event LIKE ANY($1)", [
    prices.map((price) => `%${price}%`),
  ]);
  return rows.map(({ event }) => `a price lies in the record before its time: ${event.slice(0, 120)}`);
}

async function scannedOf({ pool, world, memory }: CrashWorld): Promise<Scanned> {
  return lookAt({
    pool,
    views: new Views([identityView, ...stages.flatMap((stage) => stage.views)]),
    stages,
    now: world.now,
    told: memory.acknowledged,
    shown: [...memory.shown].map(([path, body]) => ({ path, body })),
    books: (await world.simulators.control("bank", "books")) as BankBooks,
  });
}
