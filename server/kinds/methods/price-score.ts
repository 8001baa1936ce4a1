/**
 * The price score of government procurement (GOV-029, GOV-066): lowest evaluated price over the bid's
 * evaluated price, times the weight; highest and lowest prices are never dropped. Pure; no procedure
 * that uses it is enabled yet.
 */
import { dividedBy, type Exact, exact, minus, percent, times } from "../../kernel/exact.ts";

export type PolicyBid = { readonly bidId: string; readonly priceFen: bigint; readonly smallOrMicro: boolean };

export type PriceScore = { readonly bidId: string; readonly evaluatedYuan: Exact; readonly score: Exact };

/** The deduction changes the evaluated price only; the contract is made at the offered price (GOV-071). @throws RangeError without bids. */
export function lowestPriceScores(
  bids: readonly PolicyBid[],
  terms: { weightPercent: number; deductionPercent: number },
): { benchmarkYuan: Exact; scores: readonly PriceScore[] } {
  const kept = minus(exact(1), percent(terms.deductionPercent));
  const evaluated = bids.map(({ bidId, priceFen, smallOrMicro }) => ({
    bidId,
    yuan: smallOrMicro ? times(exact(priceFen, 100), kept) : exact(priceFen, 100),
  }));
  const lowest = evaluated
    .map(({ yuan }) => yuan)
    .reduce<Exact | undefined>((least, yuan) => (least && minus(least, yuan).numerator <= 0n ? least : yuan), undefined);
  if (!lowest) throw new RangeError("there is no bid to score");
  const scores = evaluated.map(({ bidId, yuan }) => ({
    bidId,
    evaluatedYuan: yuan,
    score: times(dividedBy(lowest, yuan), exact(terms.weightPercent)),
  }));
  return { benchmarkYuan: lowest, scores };
}
