/**
 * Majority of the committee. A bid is rejected when more than half of the sitting seats would reject it on
 * the same listed ground; opinions without a vote of more than half leave it in.
 */
import type { BidFinding, Evaluation } from "./evaluation.ts";

export interface Rejection {
  bidDigest: string;
  ground: number;
  reason: string;
  votes: number;
}

export function hasMajority(votes: number, seats: number): boolean {
  return 2 * votes > seats;
}

/** The rejections that the votes of these seats carry. */
export function carriedRejections({ findings, bids }: Pick<Evaluation, "findings" | "bids">, seats: readonly number[]): Rejection[] {
  return bids.flatMap(({ bidDigest }) => {
    const votes = seats.map((seat) => findings.get(seat)?.get(bidDigest)).filter((vote): vote is BidFinding => vote?.finding === "reject");
    const grounds = [...new Set(votes.map(({ ground }) => ground as number))].sort((a, b) => a - b);
    const carried = grounds.find((ground) => hasMajority(votes.filter((vote) => vote.ground === ground).length, seats.length));
    if (carried === undefined) return [];
    const same = votes.filter(({ ground }) => ground === carried);
    return [{ bidDigest, ground: carried, reason: same[0]?.reason ?? "", votes: same.length }];
  });
}

/** Bids of which a seat has not yet said what it finds. */
export function missingFindings(
  { findings, bids }: Pick<Evaluation, "findings" | "bids">,
  seats: readonly number[],
): { seat: number; bidDigest: string }[] {
  return seats.flatMap((seat) =>
    bids.filter(({ bidDigest }) => !findings.get(seat)?.has(bidDigest)).map(({ bidDigest }) => ({ seat, bidDigest })),
  );
}
