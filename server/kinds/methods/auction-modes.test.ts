import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pointsOf } from "../../trade/auction/index.ts";
import { Session } from "../../trade/auction/testing/session.ts";
import { judgeAscending } from "./ascending.ts";
import { ascending, descending, multiRound, reverseRounds, sealedSingle, weighted } from "./auction-modes.ts";

const wish = { startFen: "10000", stepFen: "100" };

test("ascending: the engine and the plain reading of AST-013, 014 agree on every history", () => {
  const terms = { ...ascending({ ...wish, freeMs: 60_000, countdownMs: 180_000 }), ownLead: true };
  const offers = fc.array(fc.record({ yuan: fc.integer({ min: 98, max: 130 }), wait: fc.integer({ min: 0, max: 120_000 }) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(offers, (list) => {
      const session = new Session(terms);
      let at = 0;
      const history = list.map(({ yuan, wait }) => {
        at += wait;
        return { at, priceFen: BigInt(yuan * 100) };
      });
      const accepted = history.flatMap((offer, index) =>
        session.offer(1 + (index % 4), Number(offer.priceFen) / 100, offer.at).accepted ? [index] : [],
      );
      const plain = judgeAscending({ startFen: 10_000n, stepFen: 100n, timedFrom: 60_000, countdownMs: 180_000 }, history);
      assert.deepEqual(accepted, plain.accepted);
      session.passTo(plain.closeAt + 1);
      assert.equal(session.auction.status, "ended");
      assert.equal(session.auction.best?.priceFen ?? null, plain.winningFen);
    }),
    { seed: 6, numRuns: 300 },
  );
});

test("ascending: nobody in the free period closes at once where the terms say so", () => {
  const { auction } = new Session(ascending({ ...wish, freeMs: 1000, countdownMs: 180_000, closesWithoutOffer: true })).passTo(1001);
  assert.deepEqual([auction.status, auction.outcome], ["ended", "passedIn"]);
});

test("descending: the called price and no other is taken, and the first ends the session", () => {
  const session = new Session(descending({ ...wish, everyMs: 5000, floorFen: "9750" }));
  assert.deepEqual([session.offer(1, 99, 4999).code, session.offer(1, 99, 4999).wantedFen], ["auction.not-called-price", "10000"]);
  assert.equal(session.offer(2, 99, 5000).accepted, true);
  assert.deepEqual([session.auction.status, session.auction.best?.number, session.auction.best?.priceFen], ["ended", 2, 9900n]);
  assert.equal(session.offer(3, 99, 5000).code, "auction.closed");
});

test("descending: the last call is the floor, stands as long as each other, and nobody means passed in", () => {
  const session = new Session(descending({ ...wish, everyMs: 5000, floorFen: "9750" }));
  assert.equal(session.offer(1, 97, 19_999).wantedFen, "9750");
  assert.equal(session.passTo(20_000).auction.status, "live");
  assert.deepEqual([session.passTo(20_001).auction.status, session.auction.outcome], ["ended", "passedIn"]);
});

test("sealed single: one offer each; of equal ones the earlier wins, or they go again alone, as declared", () => {
  const first = new Session(sealedSingle({ ...wish, lastsMs: 60_000 }));
  first.offer(2, 120, 10);
  first.offer(1, 120, 20);
  assert.equal(first.offer(1, 130, 30).code, "auction.already-offered");
  assert.equal(first.passTo(60_001).auction.best?.number, 2);

  const again = new Session(sealedSingle({ ...wish, lastsMs: 60_000, tie: "again" }));
  again.offer(1, 120, 10);
  again.offer(2, 120, 20);
  again.offer(3, 119, 30);
  assert.equal(again.offer(3, 200, 60_001).code, "auction.not-in-race");
  assert.equal(again.offer(1, 119, 60_002).code, "auction.below-own-last");
  assert.equal(again.offer(2, 121, 60_003).accepted, true);
  again.passTo(120_001);
  assert.deepEqual([again.auction.status, again.auction.best?.number, again.auction.best?.priceFen], ["ended", 2, 12_100n]);
});

test("sealed single: equal again after the tie round goes to the earlier first offer, and no third round comes", () => {
  const session = new Session(sealedSingle({ ...wish, lastsMs: 60_000, tie: "again" }));
  session.offer(1, 120, 10);
  session.offer(2, 120, 20);
  session.offer(2, 120, 60_010);
  session.offer(1, 120, 60_020);
  assert.deepEqual([session.passTo(120_001).auction.status, session.auction.best?.number], ["ended", 1]);
});

test("multi-round: nobody goes below its own last, and a round without any offer before it is passed over", () => {
  const session = new Session(multiRound({ ...wish, rounds: 3, lastsMs: 1000 }));
  session.offer(1, 110, 1);
  session.offer(2, 105, 2);
  assert.equal(session.offer(1, 109, 1500).code, "auction.below-own-last");
  assert.equal(session.offer(2, 111, 2500).accepted, true);
  assert.deepEqual([session.passTo(3001).auction.status, session.auction.best?.number], ["ended", 2]);
  assert.equal(new Session(multiRound({ ...wish, rounds: 3, lastsMs: 1000 })).passTo(1001).auction.status, "ended");
});

test("weighted: announced points and price points decide together, exactly", () => {
  const scores = { priceWeight: 60, others: { 1: 4000, 2: 3000, 3: 3333 } };
  const session = new Session(weighted({ ...wish, lastsMs: 1000, scores }));
  session.offer(1, 100, 1);
  session.offer(2, 120, 2);
  session.offer(3, 110, 3);
  session.passTo(1001);
  const points = pointsOf(session.auction);
  // 1: 60 × 100/120 = 50 + 40; 2: 60 + 30; 3: 60 × 110/120 = 55 + 33.33. Equal points: the better price.
  assert.deepEqual(
    [...session.auction.own.values()].map((standing) => points?.(standing).numerator),
    [9000n, 9000n, 8833n],
  );
  assert.equal(session.auction.best?.number, 2);
});

test("reverse rounds: the lowest wins, nobody goes above its own last, nor above the ceiling", () => {
  const session = new Session(reverseRounds({ ...wish, rounds: 3, lastsMs: 1000 }));
  assert.equal(session.offer(1, 101, 1).code, "auction.too-low");
  session.offer(1, 99, 2);
  session.offer(2, 98, 3);
  assert.equal(session.offer(1, 99.5, 1500).code, "auction.below-own-last");
  assert.equal(session.offer(1, 97, 2500).accepted, true);
  assert.deepEqual([session.passTo(3001).auction.best?.number, session.auction.best?.priceFen], [1, 9700n]);
});
