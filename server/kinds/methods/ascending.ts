/**
 * Ascending online bidding (增价) as a pure judgement of offers in server order: the first offer is at
 * least the starting price, each later one at least the current price plus the step; each valid offer
 * of the timed phase restarts the countdown (AST-013, AST-014). Times are milliseconds.
 */

export type AscendingTerms = {
  readonly startFen: bigint;
  readonly stepFen: bigint;
  readonly timedFrom: number;
  readonly countdownMs: number;
};

export type Offer = { readonly at: number; readonly priceFen: bigint };

export type AscendingResult = {
  /** Indexes of the accepted offers. */
  readonly accepted: readonly number[];
  readonly refused: ReadonlyMap<number, "below start" | "below current+step" | "after close">;
  readonly winningFen: bigint | null;
  readonly closeAt: number;
};

/** Offers in the order in which the server received them. An offer at the very end of the countdown is in time. */
export function judgeAscending(terms: AscendingTerms, offers: readonly Offer[]): AscendingResult {
  const accepted: number[] = [];
  const refused = new Map<number, "below start" | "below current+step" | "after close">();
  let current: bigint | null = null;
  let closeAt = terms.timedFrom + terms.countdownMs;
  for (const [index, { at, priceFen }] of offers.entries()) {
    const least: bigint = current === null ? terms.startFen : current + terms.stepFen;
    if (at > closeAt) refused.set(index, "after close");
    else if (priceFen < least) refused.set(index, current === null ? "below start" : "below current+step");
    else {
      accepted.push(index);
      current = priceFen;
      closeAt = Math.max(closeAt, at + terms.countdownMs);
    }
  }
  return { accepted, refused, winningFen: current, closeAt };
}
