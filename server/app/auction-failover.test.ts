import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { setTimeout as rest } from "node:timers/promises";
import { readStream } from "../record/index.ts";
import { machineClock } from "../runtime/clock/clock.ts";
import { type TestDatabase, testDatabase } from "../runtime/database/test-database.ts";
import { foldAuction, type OfferAnswer, type Terms } from "../trade/auction/index.ts";
import { OfferMaker, scheduleFor } from "./testing/offer-makers.ts";

const bidders = 200;
const countdownMs = 180_000;
const stream = "auc_00000000000000000000000006";
const open = { against: "lead", once: false, shows: "all", needsOffer: false } as const;
const terms: Terms = {
  mode: "ascending",
  better: "higher",
  startFen: "100000",
  stepFen: "100",
  onLadder: true,
  capSteps: null,
  ownLead: false,
  lastCallFen: null,
  callEveryMs: null,
  phases: [
    { ...open, name: "free", lastsMs: 1, restarts: false },
    { ...open, name: "timed", lastsMs: countdownMs, restarts: true },
  ],
  tie: "earliest",
  scores: null,
  priority: null,
};

let database: TestDatabase;
const processes: ChildProcess[] = [];

before(async () => {
  database = await testDatabase();
});
after(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await rest(100);
  await database.drop();
});

interface HallProcess {
  child: ChildProcess;
  base: string;
  leads: Promise<void>;
}

async function hallProcess(): Promise<HallProcess> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/testing/hall-process.ts`, database.url], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  processes.push(child);
  let text = "";
  let leading: () => void = () => undefined;
  const leads = new Promise<void>((resolve) => {
    leading = resolve;
  });
  const port = await new Promise<number>((resolve) => {
    child.stdout.on("data", (piece) => {
      text += String(piece);
      const found = /"port":(\d+)/.exec(text)?.[1];
      if (found) resolve(Number(found));
      if (text.includes('"leading"')) leading();
    });
  });
  return { child, base: `http://127.0.0.1:${port}/api/v1/auctions/${stream}`, leads };
}

/** One answer for one offer, whatever happens on the way: the same signed bytes again until somebody answers. */
async function answered(halls: readonly HallProcess[], body: string, isOver: () => boolean): Promise<OfferAnswer | null> {
  for (let attempt = 0; !isOver(); attempt++) {
    try {
      const response = await fetch(`${(halls[attempt % halls.length] as HallProcess).base}/offers`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const answer = (await response.json()) as OfferAnswer & { data?: { wantedFen: string; seq: number } };
      if (response.status === 200) return answer;
      if (response.status === 422)
        return { ...answer, accepted: false, wantedFen: answer.data?.wantedFen ?? null, seq: answer.data?.seq ?? 0 };
      await rest(20);
    } catch {
      // The line was cut, before or after the last byte: nobody knows, so the same offer goes again.
      await rest(5);
    }
  }
  return null;
}

test("kill -9 of the sequencer in the timed period, 200 bidders: nothing answered is lost or doubled, and the countdown runs again in full", async () => {
  const makers = Array.from({ length: bidders }, (_, index) => new OfferMaker(index + 1));
  await scheduleFor(database.pool, makers, { stream, terms, startsAt: machineClock.now() - 1000 });
  const halls = [await hallProcess(), await hallProcess()];
  await halls[0]?.leads;
  const answers: OfferAnswer[] = [];
  let isOver = false;
  const bidding = makers.map(async (maker) => {
    let wanted = BigInt(terms.startFen);
    for (let n = 0; !isOver; n++) {
      const priceFen = wanted + BigInt((maker.number + n) % 4) * 100n;
      const offer = {
        auction: stream,
        offerId: `offer-${maker.number}-${String(n).padStart(10, "0")}`,
        number: maker.number,
        priceFen: String(priceFen),
        lastSeqSeen: 0,
      };
      const answer = await answered(halls, JSON.stringify(maker.sign(offer)), () => isOver);
      if (!answer) continue;
      answers.push({ ...answer, offerId: offer.offerId });
      wanted = answer.accepted ? priceFen + 100n : BigInt(answer.wantedFen ?? priceFen + 100n);
    }
  });
  await rest(2000);
  const before = answers.length;
  halls[0]?.child.kill("SIGKILL");
  await halls[1]?.leads;
  const noticed = await firstBoard(halls[1] as HallProcess);
  await rest(2000);
  isOver = true;
  await Promise.all(bidding);

  const record = await readStream(database.pool, stream);
  const kept = record.filter(({ data }) => data.offerId !== undefined);
  assert.ok(before > 0 && answers.length > before, "offers were answered before and after");
  assert.equal(new Set(kept.map(({ data }) => data.offerId)).size, kept.length, "none is doubled");
  const bySeq = new Map(kept.map(({ data }) => [data.offerId, data]));
  for (const { offerId, accepted, seq } of answers) {
    const data = bySeq.get(offerId);
    assert.deepEqual([data?.seq, (data?.code ?? null) === null], [seq, accepted], `${offerId} was answered and is not so in the record`);
  }
  const resumed = record.find(({ type }) => type === "auc.resumed");
  assert.equal(resumed?.data.endsAt, Date.parse(resumed?.at ?? "") + countdownMs);
  assert.deepEqual(
    record.filter(({ type }) => type === "auc.paused").map(({ data }) => data.cause),
    ["failover"],
  );
  assert.ok(noticed.includes("auc.paused") && noticed.includes("auc.resumed"), "everybody who looks is told");
  assert.equal(foldAuction(record)?.status, "live");
});

/** The first whole board that a watcher gets. */
async function firstBoard(hall: HallProcess): Promise<string> {
  const response = await fetch(`${hall.base}/stream`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  while (!/event: board\ndata: .*\n\n/.test(text)) text += Buffer.from((await reader.read()).value ?? []).toString();
  await reader.cancel();
  return text;
}
