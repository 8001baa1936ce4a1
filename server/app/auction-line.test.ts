import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Fastify, { type FastifyInstance } from "fastify";
import { seededRandom } from "../kernel/index.ts";
import { readStream } from "../record/index.ts";
import { machineClock, machineRandom } from "../runtime/clock/clock.ts";
import { type TestDatabase, testDatabase } from "../runtime/database/test-database.ts";
import { LiveHub } from "../runtime/live/hub.ts";
import { AuctionFloor } from "../trade/auction/index.ts";
import { ascendingTerms } from "../trade/auction/testing/session.ts";
import { auctionRoutes } from "./routes/auctions.ts";
import { FaultyLine, lineFaults } from "./testing/faulty-line.ts";
import { OfferMaker, scheduleFor } from "./testing/offer-makers.ts";

const stream = "auc_00000000000000000000000008";
const makers = Array.from({ length: 12 }, (_, index) => new OfferMaker(index + 1));
const patienceMs = 400;
let database: TestDatabase;
let floor: AuctionFloor;
let edge: FastifyInstance;
let line: FaultyLine;

before(async () => {
  database = await testDatabase();
  await scheduleFor(database.pool, makers, { stream, terms: { ...ascendingTerms, capSteps: null }, startsAt: machineClock.now() });
  const random = (bytes: number) => machineRandom.bytes(bytes);
  const options = { pool: database.pool, clock: machineClock, shard: 5, random, publish: () => undefined };
  floor = new AuctionFloor({ ...options, onFault: (error) => assert.fail(String(error)) });
  await floor.start();
  edge = Fastify({ forceCloseConnections: true });
  auctionRoutes(edge, { floor, live: new LiveHub("t"), now: () => machineClock.now() });
  await edge.listen({ host: "127.0.0.1", port: 0 });
  const address = edge.server.address();
  line = await FaultyLine.before(typeof address === "object" && address ? address.port : 0, seededRandom("a bad line"));
});
after(async () => {
  await line.close();
  await edge.close();
  floor.close();
  await database.drop();
});

/** Sends the same bytes until an answer comes through; how often it had to. */
async function untilAnswered(body: string): Promise<{ status: number; tries: number; text: string }> {
  for (let tries = 1; ; tries++) {
    assert.ok(tries < 60, "the line never carried an answer");
    try {
      const response = await fetch(`http://127.0.0.1:${line.port}/auctions/${stream}/offers`, {
        method: "POST",
        headers: { "content-type": "application/json", connection: "close" },
        body,
        signal: AbortSignal.timeout(patienceMs),
      });
      return { status: response.status, tries, text: await response.text() };
    } catch {
      // Cut, or nothing heard in time: the bidder's page does not know, and asks again with the same offer.
    }
  }
}

test("over a line that delays, cuts before or after the last byte, or hangs: each offer counts once, and everybody hears its one answer", async () => {
  let asked = 100;
  const bidder = async (maker: OfferMaker) => {
    const told: { offerId: string; status: number; tries: number }[] = [];
    for (let n = 0; n < 5; n++) {
      asked += 1;
      const offerId = `offer-${maker.number}-${String(n).padStart(10, "0")}`;
      const offer = maker.sign({ auction: stream, offerId, number: maker.number, priceFen: String(asked * 100), lastSeqSeen: 0 });
      told.push({ offerId, ...(await untilAnswered(JSON.stringify(offer))) });
    }
    return told;
  };
  const told = (await Promise.all(makers.map(bidder))).flat();
  const kept = (await readStream(database.pool, stream)).filter(({ data }) => data.offerId);
  assert.equal(kept.length, told.length);
  for (const { offerId, status } of told) {
    const own = kept.filter(({ data }) => data.offerId === offerId);
    assert.deepEqual(
      own.map(({ type }) => type),
      [status === 200 ? "auc.offered" : "auc.offerRefused"],
      offerId,
    );
  }
  for (const fault of lineFaults) assert.ok(line.met[fault] > 5, `${fault} was met ${line.met[fault]} times`);
  assert.ok(told.some(({ tries }) => tries > 2));
});
