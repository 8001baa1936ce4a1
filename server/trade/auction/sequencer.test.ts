import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as rest } from "node:timers/promises";
import type { ProvenLine } from "../../../formats/record-line.ts";
import { offerHolds } from "../../../verifier/auction/index.ts";
import { isRefusal } from "../../kernel/index.ts";
import { transaction } from "../../runtime/database/index.ts";
import { type TestDatabase, testDatabase } from "../../runtime/database/test-database.ts";
import { foldAuction, type OfferAnswer } from "./auction.ts";
import { Lease } from "./lease.ts";
import { takeOffer } from "./offer-door.ts";
import { OfferIdReused, Overloaded, Restoring } from "./sequencer.ts";
import { appendBeside, beginning, TestHall } from "./testing/hall.ts";
import { ascendingTerms } from "./testing/session.ts";

const free = ascendingTerms.phases[0]?.lastsMs as number;
const countdown = ascendingTerms.phases[1]?.lastsMs as number;
let database: TestDatabase;
const halls: TestHall[] = [];

before(async () => {
  database = await testDatabase();
});
after(async () => {
  for (const hall of halls) hall.close();
  await database.drop();
});

async function hallOf(seed: string, wish: object = {}): Promise<TestHall> {
  for (const hall of halls.splice(0)) hall.close();
  const hall = await TestHall.open({ pool: database.pool, ...wish }, seed);
  halls.push(hall);
  return hall;
}

async function offer(hall: TestHall, signed: ReturnType<TestHall["signed"]>): Promise<OfferAnswer> {
  const answer = await takeOffer(hall.sequencer, signed);
  assert.ok(!isRefusal(answer));
  return answer;
}

test("every answered offer is in the record, once, in one order, and the record folds to what memory holds", async () => {
  const hall = await hallOf("a", { bidders: 64, terms: { ...ascendingTerms, capSteps: null } });
  const rounds = Array.from({ length: 5 }, (_, round) => round);
  const answers: OfferAnswer[] = [];
  for (const round of rounds)
    answers.push(...(await Promise.all(Array.from({ length: 64 }, (_, i) => offer(hall, hall.signed(i + 1, 100 + round * 5 + (i % 9)))))));
  const record = await hall.record();
  const offers = record.filter(({ type }) => type === "auc.offered" || type === "auc.offerRefused");
  assert.equal(offers.length, 5 * 64);
  assert.deepEqual(
    offers.map(({ data }) => data.seq),
    Array.from({ length: 5 * 64 }, (_, i) => i + 1),
  );
  assert.deepEqual(new Set(offers.map(({ data }) => data.offerId)), new Set(answers.map(({ offerId }) => offerId)));
  assert.ok(
    offers.every((event) => offerHolds(event as unknown as ProvenLine)),
    "the signature beside each offer holds, by the verifier's own code",
  );
  assert.deepEqual(foldAuction(record), hall.sequencer.session(hall.stream));
});

test("the same offer twice is one offer, at the same time and after a fail-over; another one under its id is refused", async () => {
  const hall = await hallOf("ab");
  const signed = hall.signed(1, 100);
  const [first, second] = await Promise.all([offer(hall, signed), offer(hall, signed)]);
  assert.deepEqual(first, second);
  hall.close();
  await hall.takeOver();
  assert.deepEqual(await offer(hall, signed), first);
  assert.equal((await hall.record()).filter(({ type }) => type === "auc.offered").length, 1);
  await assert.rejects(offer(hall, hall.signed(1, 105, signed.offerId)), OfferIdReused);
});

test("an offer under another's number, or changed on its way, is refused and leaves nothing in the record", async () => {
  const hall = await hallOf("abc");
  const before = (await hall.record()).length;
  const others = { ...hall.signed(1, 100), number: 2 };
  const changed = { ...hall.signed(1, 100), priceFen: "20000" };
  for (const signed of [others, changed]) {
    const answer = await takeOffer(hall.sequencer, signed);
    assert.ok(isRefusal(answer) && answer.code === "auction.bad-signature");
  }
  const unnumbered = await takeOffer(hall.sequencer, { ...hall.signed(1, 100), number: 77 });
  assert.ok(isRefusal(unnumbered) && unnumbered.code === "auction.not-numbered");
  assert.equal((await hall.record()).length, before);
});

test("overload turns offers away with a time to come back; those that were taken are unharmed", async () => {
  const hall = await hallOf("abcd", { options: { waitingLimit: 10 } });
  const all = await Promise.allSettled(Array.from({ length: 100 }, (_, i) => offer(hall, hall.signed(1 + (i % 4), 100 + i))));
  const turned = all.filter((one) => one.status === "rejected");
  assert.equal(turned.length, 90);
  assert.ok(turned.every(({ reason }) => reason instanceof Overloaded && reason.retryAfterMs > 0));
  const taken = all.filter((one) => one.status === "fulfilled").map(({ value }) => value.offerId);
  const kept = (await hall.record()).flatMap(({ data }) => (data.offerId ? [data.offerId] : []));
  assert.deepEqual(new Set(kept), new Set(taken));
});

test("another writer on the stream fences the batch: nobody is answered, the session is restored and runs again in full", async () => {
  const hall = await hallOf("abcde");
  hall.clock.time = beginning + free + 1000;
  await offer(hall, hall.signed(1, 100));
  const fact = { stream: hall.stream, type: "auc.excluded", data: { number: 4, cause: "order" } };
  await transaction(database.pool, (tx) => appendBeside(tx, fact, new Date(hall.clock.time).toISOString()));
  hall.clock.time += 50_000;
  const signed = hall.signed(2, 101);
  await assert.rejects(offer(hall, signed), Restoring);
  await hall.move(() => undefined);
  const session = hall.sequencer.session(hall.stream);
  assert.deepEqual([session?.status, session?.endsAt, session?.excluded.has(4)], ["live", hall.clock.time + countdown, true]);
  assert.equal((await offer(hall, signed)).accepted, true);
  assert.deepEqual(
    (await hall.record()).slice(-4).map(({ type }) => type),
    ["auc.excluded", "auc.paused", "auc.resumed", "auc.offered"],
  );
});

test("a sequencer that lost its lease takes no session back", async () => {
  const hall = await hallOf("abcdef");
  hall.lease.release();
  await assert.rejects(hall.sequencer.open(hall.stream), Restoring);
});

test("the lease has one holder; the next one gets it when the first ends", async () => {
  const first = await Lease.take(database.pool, 9);
  let isTaken = false;
  const second = Lease.take(database.pool, 9).then((lease) => {
    isTaken = true;
    return lease;
  });
  await rest(300);
  assert.equal(isTaken, false);
  first.release();
  (await second).release();
});

test("at the effective end an offer is taken, 1 ms later not; the end itself is recorded at its own instant", async () => {
  const hall = await hallOf("abcdefg");
  hall.clock.time = beginning + free + countdown;
  assert.equal((await offer(hall, hall.signed(1, 100))).accepted, true);
  hall.clock.time += countdown + 1;
  const late = await offer(hall, hall.signed(2, 101));
  assert.deepEqual([late.code, late.arrivedAt], ["auction.closed", hall.clock.time]);
  const ended = (await hall.record()).find(({ type }) => type === "auc.ended");
  assert.deepEqual([ended?.at, ended?.data.number], [new Date(hall.clock.time - 1).toISOString(), 1]);
});

test("a clock that steps back gives no earlier arrival and moves no end", async () => {
  const hall = await hallOf("abcdefgh");
  hall.clock.time = beginning + free + 10_000;
  await offer(hall, hall.signed(1, 100));
  hall.clock.time -= 3_600_000;
  const back = await offer(hall, hall.signed(2, 101));
  assert.deepEqual([back.arrivedAt, back.endsAt], [beginning + free + 10_000, beginning + free + 10_000 + countdown]);
});
