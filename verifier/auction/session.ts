/** The state of a session while its lines are told again: nothing is taken over that can be worked out. */
import { compareFen, further, type Phase, type Terms } from "./terms.ts";

export type Standing = { number: number; fen: bigint; seq: number };

export type Session = {
  terms: Terms;
  startsAt: number;
  status: "scheduled" | "live" | "paused" | "matching" | "ended";
  keys: Map<number, string>;
  excluded: Set<number>;
  phase: number;
  began: number;
  ends: number;
  racing: readonly number[] | null;
  standing: Map<number, Standing>;
  offeredInPhase: Set<number>;
  seq: number;
  last: number;
  /** A called price was taken: the next line must end the session. */
  isTaken: boolean;
};

export function newSession(terms: Terms, startsAt: number): Session {
  return {
    terms,
    startsAt,
    status: "scheduled",
    keys: new Map(),
    excluded: new Set(),
    phase: -1,
    began: startsAt,
    ends: startsAt,
    racing: null,
    standing: new Map(),
    offeredInPhase: new Set(),
    seq: 0,
    last: 0,
    isTaken: false,
  };
}

export function phaseOf({ terms, phase }: Session): Phase {
  return terms.phases[phase] as Phase;
}

/** The best price; of equal ones the earlier. */
export function leading({ terms, standing }: Session): Standing | undefined {
  return [...standing.values()].sort((a, b) => compareFen(terms, b.fen, a.fen) || a.seq - b.seq)[0];
}

/** The code with which this offer must have been refused; undefined when it must have been accepted. */
export function codeOf(session: Session, offer: { number: number; fen: bigint; at: number }): string | undefined {
  const { status, keys, excluded, racing, ends } = session;
  if (status === "scheduled") return "auction.not-started";
  if (status === "paused") return "auction.paused";
  if (status !== "live" || offer.at > ends) return "auction.closed";
  if (!keys.has(offer.number)) return "auction.not-numbered";
  if (excluded.has(offer.number)) return "auction.excluded";
  if (racing !== null && !racing.includes(offer.number)) return "auction.not-in-race";
  if (phaseOf(session).once && session.offeredInPhase.has(offer.number)) return "auction.already-offered";
  return codeOfPrice(session, offer);
}

function codeOfPrice(session: Session, { number, fen, at }: { number: number; fen: bigint; at: number }): string | undefined {
  const { terms, standing } = session;
  const { against } = phaseOf(session);
  const start = BigInt(terms.startFen);
  if (against === "clock") return fen === called(session, at) ? undefined : "auction.not-called-price";
  const base = against === "lead" ? leading(session) : standing.get(number);
  const least = base === undefined ? start : against === "lead" ? further(terms, base.fen, 1) : base.fen;
  if (against === "own" && compareFen(terms, fen, start) < 0) return "auction.too-low";
  if (compareFen(terms, fen, least) < 0) return against === "lead" ? "auction.too-low" : "auction.below-own-last";
  if (against === "lead" && !terms.ownLead && base?.number === number) return "auction.own-lead";
  if (terms.capSteps !== null && compareFen(terms, fen, further(terms, base?.fen ?? start, terms.capSteps)) > 0) return "auction.over-cap";
  return terms.onLadder && (fen - start) % BigInt(terms.stepFen) !== 0n ? "auction.not-multiple" : undefined;
}

function called({ terms, began }: Session, at: number): bigint {
  const fen = further(terms, BigInt(terms.startFen), -Math.floor((at - began) / (terms.callEveryMs ?? 1)));
  const last = BigInt(terms.lastCallFen ?? terms.startFen);
  return compareFen(terms, fen, last) < 0 ? last : fen;
}

/** All who stand, the winner first: by points where the terms give any, then by price, then by time. */
export function ranked(session: Session): Standing[] {
  const { terms, standing } = session;
  const best = leading(session)?.fen ?? 1n;
  return [...standing.values()].sort(
    (a, b) => points(terms, b, best) - points(terms, a, best) || compareFen(terms, b.fen, a.fen) || a.seq - b.seq,
  );
}

/** Those equal to the first, by points where the terms give any, else by price. */
export function equals(session: Session): number[] {
  const { terms } = session;
  const all = ranked(session);
  const best = leading(session)?.fen ?? 1n;
  const isEqual = (a: Standing, b: Standing) => (terms.scores ? points(terms, a, best) === points(terms, b, best) : a.fen === b.fen);
  return all.filter((one) => isEqual(one, all[0] as Standing)).map(({ number }) => number);
}

/** Hundredths of a point: the price's share of its weight, rounded half up to two decimals, and the announced rest. */
function points({ scores, better }: Terms, { number, fen }: Standing, best: bigint): number {
  if (scores === null) return 0;
  const [over, under] = better === "higher" ? [fen, best] : [best, fen];
  const price = (2n * BigInt(scores.priceWeight) * 100n * over + under) / (2n * under);
  return Number(price) + (scores.others[String(number)] ?? 0);
}
