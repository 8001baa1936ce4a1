import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ShownLine } from "../../../formats/record-line.ts";
import { replayAuction } from "../../../verifier/auction/replay.ts";
import { Refused } from "../../../verifier/package/refused.ts";
import type { Terms } from "../../trade/auction/index.ts";
import { pauseFact, resumeFact } from "../../trade/auction/move-on.ts";
import { Session } from "../../trade/auction/testing/session.ts";
import { ascending, descending, multiRound, reverseRounds, sealedSingle, weighted } from "./auction-modes.ts";

const wish = { startFen: "10000", stepFen: "100", onLadder: true };
const scores = { priceWeight: 60, others: { 1: 2500, 2: 3333, 3: 4000 } };
const modes: Readonly<Record<string, Terms>> = {
  ascending: ascending({ ...wish, capSteps: 20, freeMs: 60_000, countdownMs: 180_000 }),
  "ascending with priority": ascending({ ...wish, freeMs: 1000, countdownMs: 60_000, priority: { number: 3, matchMs: 300_000 } }),
  descending: descending({ ...wish, everyMs: 20_000, floorFen: "9000" }),
  "sealed single": sealedSingle({ ...wish, lastsMs: 200_000, tie: "again" }),
  "multi-round": multiRound({ ...wish, rounds: 3, lastsMs: 100_000 }),
  weighted: weighted({ ...wish, lastsMs: 200_000, scores }),
  "reverse rounds": reverseRounds({ ...wish, rounds: 3, lastsMs: 100_000 }),
};

const steps = fc.array(
  fc.record({
    number: fc.integer({ min: 1, max: 4 }),
    yuan: fc.oneof(fc.integer({ min: 90, max: 125 }), fc.constant(100)),
    wait: fc.integer({ min: 0, max: 40_000 }),
    does: fc.oneof({ weight: 12, arbitrary: fc.constant("offer") }, { weight: 1, arbitrary: fc.constantFrom("pause", "exclude") }),
  }),
  { maxLength: 30 },
);
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

function play(terms: Terms, list: Steps): Session {
  const session = new Session(terms);
  let at = 0;
  for (const { number, yuan, wait, does } of list) {
    at += wait;
    session.passTo(at);
    if (does === "offer") session.offer(number, yuan, at);
    else if (does === "pause") {
      session.take(pauseFact(session.auction, at, { cause: "persons", by: ["a", "b"], reason: "试验" }));
      at += 5000;
      session.take(resumeFact(session.auction, at, { by: ["a", "b"] }));
    } else if (session.auction.status === "live" && session.auction.own.size > 2)
      session.take({ type: "auc.excluded", at, data: { number, cause: "barred" } });
  }
  return session.passTo(at + 10_000_000);
}

function linesOf({ auction, facts }: Session): ShownLine[] {
  const { stream, lotId, terms, startsAt } = auction;
  const first = { type: "auc.scheduled", at: startsAt, data: { lotId, terms, startsAt } };
  const lines = [first, ...facts].map(({ type, at, data }, index) => ({
    position: index,
    prevChain: "",
    commitment: "",
    stream,
    version: index + 1,
    type,
    at: new Date(at).toISOString(),
    data,
  }));
  return JSON.parse(JSON.stringify(lines)) as ShownLine[];
}

for (const [name, terms] of Object.entries(modes))
  test(`${name}: a second implementation, from the record alone, comes to the same winner`, () => {
    fc.assert(
      fc.property(steps, (list) => {
        const session = play(terms, list);
        const facts = replayAuction(session.auction.stream, linesOf(session));
        const { best } = session.auction;
        assert.equal(session.auction.status, "ended");
        assert.deepEqual(
          [facts.ended, facts.winner, facts.offers],
          [true, best && { number: best.number, priceFen: String(best.priceFen) }, session.auction.seq],
        );
      }),
      { seed: 6, numRuns: 150 },
    );
  });

const lies: Readonly<Record<string, (lines: ShownLine[]) => ShownLine[]>> = {
  "an offer is left out": (lines) =>
    lines.filter(({ type }, index) => type !== "auc.offered" || index !== lines.findIndex((line) => line.type === "auc.offered")),
  "an accepted offer is shown as refused": (lines) =>
    lines.map((line) =>
      line.type === "auc.offered" ? { ...line, type: "auc.offerRefused", data: { ...line.data, code: "auction.too-low" } } : line,
    ),
  "a late offer is let in": (lines) =>
    lines.map((line) =>
      line.data.code === "auction.closed" ? { ...line, type: "auc.offered", data: { ...line.data, code: undefined } } : line,
    ),
  "the end is moved by a second": (lines) =>
    lines.map((line) =>
      line.type === "auc.offered" && line.data.endsAt ? { ...line, data: { ...line.data, endsAt: Number(line.data.endsAt) + 1000 } } : line,
    ),
  "another number wins": (lines) =>
    lines.map((line) => (line.type === "auc.ended" ? { ...line, data: { ...line.data, number: 4 } } : line)),
  "the session ends early": (lines) =>
    lines.map((line) => (line.type === "auc.ended" ? { ...line, at: new Date(Date.parse(line.at) - 1).toISOString() } : line)),
};

for (const [lie, tell] of Object.entries(lies))
  test(`${lie}: the second implementation refuses`, () => {
    const session = new Session(modes.ascending as Terms);
    session.offer(1, 100, 1000);
    session.offer(2, 105, 70_000);
    session.passTo(70_000 + 180_000 + 1);
    session.offer(3, 110, 70_000 + 180_000 + 1);
    assert.throws(
      () => replayAuction(session.auction.stream, tell(linesOf(session))),
      (error) => error instanceof Refused && error.code === "E_AUCTION",
    );
  });
