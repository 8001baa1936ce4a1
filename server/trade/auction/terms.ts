/**
 * The terms of an auction: everything that an engine must know, as data. There is one engine; a mode of
 * bidding (ascending, descending, sealed, rounds, weighted, reverse) is a list of phases and a few switches
 * written in `server/kinds/methods/auction-modes.ts`. Nothing here asks which mode it is.
 */
import { type Static, Type } from "@sinclair/typebox";

const fen = Type.String({ pattern: "^[1-9][0-9]{0,15}$" });

/** A stretch of the session with one way of judging an offer. */
const phase = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    lastsMs: Type.Integer({ minimum: 1 }),
    /**
     * What an offer must beat. `lead`: the best offer so far (outcry). `own`: the bidder's own last offer only
     * (rounds). `clock`: nothing; it accepts the price that the platform calls (Dutch).
     */
    against: Type.Union([Type.Literal("lead"), Type.Literal("own"), Type.Literal("clock")]),
    /** An accepted offer restarts this phase's time in full; a refused one never does. */
    restarts: Type.Boolean(),
    /** One offer a bidder: the first is the last (sealed single). */
    once: Type.Boolean(),
    /** What bidders see of prices while it lasts. */
    shows: Type.Union([Type.Literal("all"), Type.Literal("best"), Type.Literal("nothing")]),
    /** Passed over when nobody has offered before: "nobody in the free time closes at once". */
    needsOffer: Type.Boolean(),
  },
  { additionalProperties: false },
);

export const termsSchema = Type.Object(
  {
    /** The name of the mode, for people; the engine does not read it. */
    mode: Type.String(),
    /** Which price is better: the higher (sale, lease) or the lower (procurement). */
    better: Type.Union([Type.Literal("higher"), Type.Literal("lower")]),
    startFen: fen,
    stepFen: fen,
    /** Offers must lie on the ladder start ± n × step. */
    onLadder: Type.Boolean(),
    /** The most steps that one offer may go beyond what it must beat; null for no cap. */
    capSteps: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    /** The bidder in the lead may offer again. */
    ownLead: Type.Boolean(),
    /** Where a called price stops; null where no price is called. */
    lastCallFen: Type.Union([fen, Type.Null()]),
    callEveryMs: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    phases: Type.Array(phase, { minItems: 1, maxItems: 20 }),
    /** Equal best offers: the one that came first, or one more round of those alone and then the first. */
    tie: Type.Union([Type.Literal("earliest"), Type.Literal("again")]),
    /** Points of each number announced before the session, in hundredths, and the weight of the price in percent; null where price alone decides. */
    scores: Type.Union([
      Type.Object(
        { priceWeight: Type.Integer({ minimum: 1, maximum: 100 }), others: Type.Record(Type.String(), Type.Integer({ minimum: 0 })) },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    /** The number that may match the best price afterwards (优先权), and how long it has. */
    priority: Type.Union([
      Type.Object({ number: Type.Integer({ minimum: 1 }), matchMs: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
);

export type Terms = Static<typeof termsSchema>;
export type Phase = Static<typeof phase>;

/** Is `a` a better price than `b` under these terms? */
export function isBetter(terms: Pick<Terms, "better">, a: bigint, b: bigint): boolean {
  return terms.better === "higher" ? a > b : a < b;
}

/** `steps` steps further in the direction of better. */
export function stepsFrom(terms: Terms, priceFen: bigint, steps: bigint): bigint {
  const way = terms.better === "higher" ? 1n : -1n;
  return priceFen + way * steps * BigInt(terms.stepFen);
}

/** The price that the platform calls so many milliseconds after the phase began; it never passes its last call. */
export function calledFen(terms: Terms, sinceMs: number): bigint {
  const calls = BigInt(Math.floor(Math.max(0, sinceMs) / (terms.callEveryMs ?? 1)));
  const called = stepsFrom(terms, BigInt(terms.startFen), -calls);
  const last = BigInt(terms.lastCallFen ?? terms.startFen);
  return isBetter(terms, last, called) ? last : called;
}
