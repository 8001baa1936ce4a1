import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Fastify, { type FastifyInstance } from "fastify";
import type { SignedOffer } from "../../../formats/offer.ts";
import { machineClock, machineRandom } from "../../runtime/clock/clock.ts";
import { type TestDatabase, testDatabase } from "../../runtime/database/test-database.ts";
import { LiveHub } from "../../runtime/live/hub.ts";
import { AuctionFloor, type BoardFrame, type Terms } from "../../trade/auction/index.ts";
import { ascendingTerms } from "../../trade/auction/testing/session.ts";
import { OfferMaker, scheduleFor } from "../testing/offer-makers.ts";
import { auctionRoutes, hallTopic } from "./auctions.ts";

const stream = "auc_00000000000000000000000001";
const terms: Terms = { ...ascendingTerms, capSteps: null };
const makers = [1, 2, 3].map((number) => new OfferMaker(number));
const frames: BoardFrame[] = [];
let database: TestDatabase;
let floor: AuctionFloor;
let edge: FastifyInstance;
let offers = 0;

before(async () => {
  database = await testDatabase();
  await scheduleFor(database.pool, makers, { stream, terms, startsAt: machineClock.now() });
  const live = new LiveHub("t");
  const publish = (topic: string, frame: BoardFrame) => {
    frames.push(frame);
    live.publish(hallTopic(topic), frame);
  };
  const random = (bytes: number) => machineRandom.bytes(bytes);
  floor = new AuctionFloor({
    pool: database.pool,
    clock: machineClock,
    shard: 3,
    random,
    publish,
    waitingLimit: 8,
    onFault: () => undefined,
  });
  edge = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
  auctionRoutes(edge, { floor, live, now: () => machineClock.now() });
});
after(async () => {
  await edge.close();
  floor.close();
  await database.drop();
});

function signed(number: number, yuan: number): SignedOffer {
  offers += 1;
  const offer = {
    auction: stream,
    offerId: `offer-${String(offers).padStart(12, "0")}`,
    number,
    priceFen: String(yuan * 100),
    lastSeqSeen: 0,
  };
  return (makers[number - 1] as OfferMaker).sign(offer);
}

const post = (payload: object, auction = stream) => edge.inject({ method: "POST", url: `/auctions/${auction}/offers`, payload });

test("before this process leads, an offer is asked to come again, and is not judged", async () => {
  const response = await post(signed(1, 100));
  assert.deepEqual([response.statusCode, response.headers["retry-after"]], [503, "1"]);
  await floor.start();
});

test("an accepted offer is answered with number, instant and end; the same bytes again with the same answer", async () => {
  const offer = signed(1, 100);
  const [first, again] = [await post(offer), await post(offer)];
  assert.equal(first.statusCode, 200);
  assert.equal(again.body, first.body);
  const { accepted, seq, arrivedAt, endsAt } = first.json();
  assert.deepEqual([accepted, seq, Number.isInteger(arrivedAt), endsAt > arrivedAt], [true, 1, true, true]);
  const other = (makers[0] as OfferMaker).sign({ ...offer, priceFen: "99900" });
  assert.equal((await post(other)).statusCode, 409);
});

test("a lawful refusal says the price that would do, the rule, and its own number in the record", async () => {
  const response = await post(signed(2, 100));
  const { code, ruleId, data, detail } = response.json();
  assert.deepEqual([response.statusCode, code, ruleId, data.wantedFen, data.seq], [422, "auction.too-low", "AST-014", "10100", 2]);
  assert.match(detail, /加价幅度/);
});

test("bad input is refused at the door: other fields, no price, another auction's address, another's signature", async () => {
  const { sig, ...rest } = signed(1, 105);
  for (const payload of [
    rest,
    { ...rest, sig, extra: 1 },
    { ...rest, sig, priceFen: "-1" },
    { ...rest, sig, priceFen: 10500 },
    { ...rest, sig, number: 1.5 },
  ])
    assert.equal((await post(payload)).statusCode, 400, JSON.stringify(payload));
  assert.equal((await post(signed(1, 105), "auc_00000000000000000000000002")).statusCode, 400);
  assert.equal((await post({ ...signed(1, 105), number: 2 })).json().code, "auction.bad-signature");
});

test("ten times too many at once: 429 with a time to come back, and those that come again are taken once", async () => {
  const many = Array.from({ length: 80 }, (_, index) => signed(1 + (index % 3), 200 + index));
  const responses = await Promise.all(many.map((offer) => post(offer)));
  const turned = many.filter((_, index) => responses[index]?.statusCode === 429);
  assert.ok(turned.length >= 60, `${turned.length} were turned away`);
  assert.ok(responses.every(({ statusCode, headers }) => statusCode !== 429 || headers["retry-after"] === "1"));
  for (const offer of turned) assert.notEqual((await post(offer)).statusCode, 429);
  const { rows } = await database.pool.query(
    "SELECT count(*)::int AS n, count(DISTINCT event::jsonb #>> '{data,offerId}')::int AS ids FROM record.event WHERE type IN ('auc.offered', 'auc.offerRefused') AND stream = $1",
    [stream],
  );
  assert.deepEqual(rows[0], { n: 82, ids: 82 });
});

test("the hall hears of it in joined frames, by number and price alone", async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  const told = frames.flatMap((frame) => frame.offers);
  assert.ok(told.length > 1 && frames.length < 30, `${told.length} offers in ${frames.length} frames`);
  assert.deepEqual(Object.keys(told[0] ?? {}).sort(), ["at", "number", "priceFen", "seq"]);
  assert.equal(frames.at(-1)?.best?.priceFen, floor.sequencer?.session(stream)?.best?.priceFen.toString());
});
