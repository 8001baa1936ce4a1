import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordedEvent } from "../../record/index.ts";
import { Board } from "./board.ts";
import { pauseFact, resumeFact } from "./move-on.ts";
import type { Terms } from "./terms.ts";
import { ascendingTerms, Session } from "./testing/session.ts";

function boardOf({ auction, facts }: Session): Board {
  const { stream, lotId, terms, startsAt } = auction;
  const board = new Board({ stream, type: "auc.scheduled", data: { lotId, terms, startsAt } } as unknown as RecordedEvent);
  for (const [index, { type, at, data }] of facts.entries())
    board.take({ stream, type, version: index + 2, at: new Date(at).toISOString(), data } as unknown as RecordedEvent);
  return board;
}

test("a board shows accepted offers by number, the effective end, and nothing of refused ones or of admissions", () => {
  const session = new Session();
  session.offer(1, 100, 5);
  session.offer(2, 99, 6);
  session.offer(3, 102, 70_000);
  const shown = boardOf(session).snapshot();
  assert.deepEqual(
    shown.offers.map(({ number, priceFen }) => [number, priceFen]),
    [
      [1, "10000"],
      [3, "10200"],
    ],
  );
  assert.deepEqual([shown.status, shown.phase, shown.endsAt, shown.best?.number], ["live", "timed", 250_000, 3]);
  assert.deepEqual(
    shown.notices.map(({ type }) => type),
    ["auc.started", "auc.advanced"],
  );
  assert.ok(!JSON.stringify(shown).includes("key of"));
});

test("a frame tells what is new, once; board and session agree after a pause, an exclusion and the end", () => {
  const session = new Session();
  session.offer(1, 100, 5);
  session.offer(2, 110, 6);
  session.take(pauseFact(session.auction, 7, { cause: "persons", by: ["per_a"], reason: "停电" }));
  session.take(resumeFact(session.auction, 8, { by: ["per_a"] }));
  session.take({ type: "auc.excluded", at: 9, data: { number: 2, cause: "order" } });
  const board = boardOf(session);
  assert.equal(board.frame().offers.length, 2);
  assert.deepEqual([board.frame().offers, board.frame().notices], [[], []]);
  assert.deepEqual([board.snapshot().endsAt, board.snapshot().best?.number], [session.auction.endsAt, 1]);
  session.passTo(10_000_000);
  const over = boardOf(session).snapshot();
  assert.deepEqual([over.status, over.outcome, over.endsAt, over.best?.number], ["ended", "sold", null, 1]);
});

test("a sealed round shows no price while it runs, rounds that show the best show it afterwards", () => {
  const round = (name: string, shows: "best" | "nothing") =>
    ({ name, lastsMs: 1000, against: "own", restarts: false, once: true, shows, needsOffer: false }) as const;
  const terms: Terms = { ...ascendingTerms, phases: [round("one", "best"), round("two", "nothing")] };
  const session = new Session(terms);
  session.offer(1, 120, 5);
  assert.deepEqual([boardOf(session).snapshot().best, boardOf(session).snapshot().offers], [null, []]);
  session.offer(2, 130, 1500);
  assert.equal(boardOf(session).snapshot().best?.number, 1);
  session.passTo(2001);
  assert.equal(boardOf(session).snapshot().best?.number, 2);
});
