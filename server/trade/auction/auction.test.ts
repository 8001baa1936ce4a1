import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RecordedEvent } from "../../record/index.ts";
import { applyFact, foldAuction, scheduledAuction } from "./auction.ts";
import { matchDrainMs, matchFact, pauseFact, resumeFact } from "./move-on.ts";
import type { Terms } from "./terms.ts";
import { ascendingTerms, Session } from "./testing/session.ts";

const free = ascendingTerms.phases[0]?.lastsMs as number;
const countdown = ascendingTerms.phases[1]?.lastsMs as number;

test("at the effective end an offer is accepted, one millisecond later it is refused (AST-013, AST-015)", () => {
  const session = new Session();
  const end = free + countdown;
  assert.equal(session.offer(1, 100, end).accepted, true);
  assert.equal(session.auction.endsAt, end + countdown);
  const last = session.offer(2, 101, end + countdown);
  assert.equal(last.accepted, true);
  const late = session.offer(3, 102, end + 2 * countdown + 1);
  assert.deepEqual([late.accepted, late.code], [false, "auction.closed"]);
  assert.deepEqual([session.auction.status, session.auction.outcome, session.auction.best?.number], ["ended", "sold", 2]);
});

test("an offer in the free period moves no end; one in the timed period restarts it in full", () => {
  const session = new Session();
  session.offer(1, 100, 10);
  assert.equal(session.auction.endsAt, free);
  session.offer(2, 101, free + 5000);
  assert.equal(session.auction.endsAt, free + 5000 + countdown);
});

const refusals: readonly { of: string; code: string; offer: [number, number]; wanted?: string }[] = [
  { of: "below the starting price plus step", code: "auction.too-low", offer: [2, 100], wanted: "10100" },
  { of: "not on the ladder", code: "auction.not-multiple", offer: [2, 101.5], wanted: "10100" },
  { of: "over the cap of 50 steps", code: "auction.over-cap", offer: [2, 151], wanted: "15000" },
  { of: "over one's own lead", code: "auction.own-lead", offer: [1, 102] },
  { of: "of a number that nobody was given (AST-016)", code: "auction.not-numbered", offer: [9, 102] },
  { of: "after exclusion", code: "auction.excluded", offer: [3, 102] },
];

for (const { of, code, offer, wanted } of refusals)
  test(`an offer ${of} is refused as ${code}, and neither price nor end moves (AST-014)`, () => {
    const session = new Session();
    session.offer(1, 100, free + 1);
    session.take({ type: "auc.excluded", at: free + 2, data: { number: 3, cause: "withdrawn from the list" } });
    const before = { best: session.auction.best, endsAt: session.auction.endsAt };
    const answer = session.offer(offer[0], offer[1], free + 3000);
    assert.deepEqual([answer.accepted, answer.code, answer.wantedFen], [false, code, wanted ?? null]);
    assert.deepEqual({ best: session.auction.best, endsAt: session.auction.endsAt }, before);
  });

test("nobody offers: the session is passed in (AST-019)", () => {
  const { auction } = new Session().passTo(free + countdown + 1);
  assert.deepEqual([auction.status, auction.outcome, auction.best], ["ended", "passedIn", null]);
});

test("an exclusion of the leader gives the lead back to the next best, and the end stays", () => {
  const session = new Session();
  session.offer(1, 100, free + 1);
  session.offer(2, 105, free + 2);
  const { endsAt } = session.auction;
  session.take({ type: "auc.excluded", at: free + 3, data: { number: 2, cause: "barred" } });
  assert.deepEqual([session.auction.best?.number, session.auction.best?.priceFen, session.auction.endsAt], [1, 10_000n, endsAt]);
});

test("after a pause the countdown runs again in full, and offers meanwhile are refused (AST-021)", () => {
  const session = new Session();
  session.offer(1, 100, free + 1);
  session.take(pauseFact(session.auction, free + 100_000, { cause: "persons", by: ["per_a", "per_b"], reason: "fire alarm" }));
  assert.equal(session.offer(2, 101, free + 100_001).code, "auction.paused");
  session.passTo(free + countdown * 5);
  assert.equal(session.auction.status, "paused");
  const at = free + countdown * 5;
  session.take(resumeFact(session.auction, at, { by: ["per_a", "per_b"] }));
  assert.equal(session.auction.endsAt, at + countdown);
});

test("the priority holder may match to the very end of its time, not after (AST-010, AST-018)", () => {
  const terms: Terms = { ...ascendingTerms, priority: { number: 3, matchMs: 300_000 } };
  const stop = free + 10 + countdown;
  for (const [at, outcome] of [
    [stop + 300_000, 3],
    [stop + 300_001, 1],
  ] as const) {
    const session = new Session(terms);
    session.offer(1, 100, free + 10);
    session.passTo(stop + 1);
    assert.equal(session.auction.status, "matching");
    session.take(matchFact(session.auction, 3, at));
    session.passTo(stop + 300_000 + matchDrainMs + 1);
    assert.deepEqual([session.auction.status, session.auction.best?.number, session.auction.best?.priceFen], ["ended", outcome, 10_000n]);
  }
});

test("a holder that leads is asked nothing", () => {
  const session = new Session({ ...ascendingTerms, priority: { number: 3, matchMs: 300_000 } });
  session.offer(3, 100, free + 10);
  session.passTo(free + 10 + countdown + 1);
  assert.deepEqual([session.auction.status, session.auction.best?.number], ["ended", 3]);
});

const steps = fc.array(
  fc.record({
    number: fc.integer({ min: 1, max: 6 }),
    yuan: fc.integer({ min: 95, max: 400 }),
    wait: fc.integer({ min: 0, max: 190_000 }),
  }),
  {
    maxLength: 60,
  },
);

test("whatever is offered: refused ones never extend, prices only rise by a step, and the record replays to the same winner", () => {
  fc.assert(
    fc.property(steps, (wishes) => {
      const session = new Session();
      let at = 0;
      for (const { number, yuan, wait } of wishes) {
        at += wait;
        session.passTo(at);
        const { endsAt, best } = session.auction;
        const answer = session.offer(number, yuan, at);
        if (!answer.accepted) assert.deepEqual([session.auction.endsAt, session.auction.best], [endsAt, best]);
        else assert.ok(BigInt(answer.priceFen) >= (best ? best.priceFen + 100n : 10_000n));
        if (answer.accepted && session.auction.phase === 1) assert.equal(answer.endsAt, at + countdown);
      }
      assert.deepEqual(replay(session), session.auction);
    }),
    { seed: 6, numRuns: 300 },
  );
});

/** The same session from what the record would hold: JSON text of each fact. */
function replay(session: Session) {
  const { stream, lotId, terms, startsAt } = session.auction;
  const scheduled = { stream, type: "auc.scheduled", at: new Date(startsAt).toISOString(), data: { lotId, terms, startsAt } };
  const events = [scheduled, ...session.facts.map(({ type, at, data }) => ({ stream, type, at: new Date(at).toISOString(), data }))];
  return foldAuction(JSON.parse(JSON.stringify(events)) as RecordedEvent[]);
}

test("a fact that is no move of its state is a fault, not a silent change", () => {
  const auction = scheduledAuction("auc_x", { lotId: "lot_x", terms: ascendingTerms, startsAt: 0 });
  assert.throws(() => applyFact(auction, { type: "auc.resumed", at: 1, data: { by: [], phaseBeganAt: 1, endsAt: 2 } }), /no move/);
});
