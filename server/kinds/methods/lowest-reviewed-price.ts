/**
 * Reviewed lowest price (经评审的最低投标价法, 七部委令第12号 第三十条): deviations are turned into money, the
 * lowest reviewed price is first. A ceiling excludes what is above it; a floor exists only where a pack
 * allows one (CON-021 forbids it in a Chinese tender).
 */
import { exact, exactText, negative } from "../../kernel/exact.ts";
import { parseFen, yuanText } from "../../kernel/money.ts";
import type { ComputedValue, EvaluatedBid, EvaluationInput, EvaluationMethod, EvaluationResult, TieBreak } from "./method.ts";
import { rank } from "./ranking.ts";

export type ReviewedPriceTree = {
  /** Digits of fen, or null where there is none. */
  readonly ceilingFen: string | null;
  readonly floorFen: string | null;
  readonly tieBreak: readonly TieBreak[];
};

export const lowestReviewedPrice: EvaluationMethod<ReviewedPriceTree> = {
  name: "lowest-reviewed-price",
  title: { zh: "经评审的最低投标价法", en: "Lowest reviewed price" },
  sheetItems: () => [],
  factTables: () => [],
  draws: () => [],
  sheetFaults: (_, scores) => Object.keys(scores).map((item) => ({ item, fault: "unknown" })),
  treeFaults,
  evaluate,
};

function treeFaults({ ceilingFen, floorFen, tieBreak }: ReviewedPriceTree): string[] {
  const [ceiling, floor] = [limitOf(ceilingFen), limitOf(floorFen)];
  return [
    ...(ceiling === "wrong" || (typeof ceiling === "bigint" && ceiling <= 0n) ? ["the ceiling is no amount"] : []),
    ...(floor === "wrong" || (typeof floor === "bigint" && floor <= 0n) ? ["the floor is no amount"] : []),
    ...(typeof ceiling === "bigint" && typeof floor === "bigint" && floor > ceiling ? ["the floor is above the ceiling"] : []),
    ...(tieBreak.includes("draw") || tieBreak.includes("fileOrder") ? [] : ["nothing declared parts bids that are equal in everything"]),
  ];
}

/** Floor and ceiling are compared with the offered price, before any adjustment. */
function evaluate({ tree, bids, tieOrder }: EvaluationInput<ReviewedPriceTree>): EvaluationResult {
  if (bids.length === 0) throw new RangeError("there is no valid bid to evaluate");
  const excluded = bids.flatMap(({ bidId, priceFen }) => {
    const reason = exclusionOf(priceFen, tree);
    return reason ? [{ bidId, reason }] : [];
  });
  const standing = bids.filter(({ bidId }) => !excluded.some((one) => one.bidId === bidId));
  const contenders = standing.map((bid) => {
    const reviewed = reviewedFen(bid);
    return { bidId: bid.bidId, priceFen: bid.priceFen, merit: negative(exact(reviewed)), result: yuanText(reviewed), technical: exact(0) };
  });
  return { values: standing.flatMap(valuesOf), ...rank(contenders, tree.tieBreak, tieOrder), excluded };
}

function exclusionOf(priceFen: bigint, { floorFen, ceilingFen }: ReviewedPriceTree): "belowFloor" | "aboveCeiling" | undefined {
  if (floorFen !== null && priceFen < parseFen(floorFen)) return "belowFloor";
  return ceilingFen !== null && priceFen > parseFen(ceilingFen) ? "aboveCeiling" : undefined;
}

function reviewedFen({ priceFen, adjustments = [] }: EvaluatedBid): bigint {
  return adjustments.reduce((sum, { fen }) => sum + fen, priceFen);
}

function valuesOf(bid: EvaluatedBid): ComputedValue[] {
  const value = (id: string, fen: bigint): ComputedValue => ({
    id,
    bidId: bid.bidId,
    value: exactText(exact(fen, 100)),
    shown: yuanText(fen),
  });
  const adjustments = (bid.adjustments ?? []).map(({ label, fen }) => value(`adjustment:${label}`, fen));
  return [value("price", bid.priceFen), ...adjustments, value("reviewedPrice", reviewedFen(bid))];
}

function limitOf(text: string | null): bigint | null | "wrong" {
  if (text === null) return null;
  return /^(?:0|[1-9]\d{0,17})$/.test(text) ? parseFen(text) : "wrong";
}
