/**
 * Who wins: by price alone, or by price points and the other points that were announced before the session.
 * Exact fractions, rounded half up to two decimals at the price and nowhere else (decisions §4).
 */
import { compare, type Exact, exact, plus, roundHalfUp, times } from "../../kernel/index.ts";
import type { Auction, Standing } from "./auction.ts";
import { isBetter } from "./terms.ts";

/** The winner of the session as it stands; of equals the one that came first. */
export function winnerOf(auction: Auction): Standing | null {
  return ranking(auction)[0] ?? null;
}

/** Numbers that are equal to the best by price or points; fewer than two where there is no tie. */
export function tiedForBest(auction: Auction): number[] {
  const ranked = ranking(auction);
  const [best] = ranked;
  if (!best) return [];
  const points = pointsOf(auction);
  return ranked.filter((standing) => isEqual(points, best, standing)).map(({ number }) => number);
}

export function ranking(auction: Auction): Standing[] {
  const points = pointsOf(auction);
  return [...auction.own.values()].sort((a, b) => {
    const byPoints = points ? compare(points(b), points(a)) : 0;
    if (byPoints !== 0) return byPoints;
    if (a.priceFen !== b.priceFen) return isBetter(auction.terms, a.priceFen, b.priceFen) ? -1 : 1;
    return a.seq - b.seq;
  });
}

/** Points of a standing offer in hundredths of a point; undefined where price alone decides. */
export function pointsOf({ terms, own }: Auction): ((standing: Standing) => Exact) | undefined {
  const { scores } = terms;
  if (!scores) return undefined;
  const best = [...own.values()].reduce<bigint | null>(
    (found, { priceFen }) => (found === null || isBetter(terms, priceFen, found) ? priceFen : found),
    null,
  );
  return ({ number, priceFen }) => {
    const share = terms.better === "higher" ? exact(priceFen, best ?? 1n) : exact(best ?? 1n, priceFen);
    const price = roundHalfUp(times(share, exact(scores.priceWeight)), 2);
    return plus(times(price, exact(100)), exact(scores.others[String(number)] ?? 0));
  };
}

function isEqual(points: ReturnType<typeof pointsOf>, a: Standing, b: Standing): boolean {
  return points ? compare(points(a), points(b)) === 0 : a.priceFen === b.priceFen;
}
