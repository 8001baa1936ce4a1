/**
 * The order of the bids: best figure first, equal ones parted by what the document declares. Which of two equal bids
 * a public draw put first cannot be seen from their digests: such a pair is taken as it stands, and counted.
 */
import { demand } from "./codes.ts";
import { type Fraction, order } from "./fraction.ts";

export type Contender = { bid: string; merit: Fraction; technical: Fraction; priceFen: bigint; handedIn: number; score: string };
export type RankedRow = { rank: number; bidDigest: string; priceFen: string; score: string };

/** Above zero when `b` is better, below when `a` is; `drawn` when only a draw parts them, 0 when nothing does. */
function compared(a: Contender, b: Contender, tieBreak: readonly string[]): number | "drawn" {
  const byMerit = order(b.merit, a.merit);
  if (byMerit !== 0) return byMerit;
  for (const word of tieBreak) {
    if (word === "draw") return "drawn";
    const difference =
      word === "lowerPrice"
        ? Number(a.priceFen > b.priceFen) - Number(a.priceFen < b.priceFen)
        : word === "higherTechnical"
          ? order(b.technical, a.technical)
          : a.handedIn - b.handedIn;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Checks the published rows and says how many neighbours a draw has parted. */
export function checkRanking(
  rows: readonly RankedRow[],
  contenders: readonly Contender[],
  rule: { tieBreak: readonly string[]; where: string },
): number {
  const { tieBreak, where } = rule;
  const byBid = new Map(contenders.map((contender) => [contender.bid, contender]));
  demand(rows.length === byBid.size, "E_EVAL_RANK", where, "the ranking does not hold each valid bid once");
  let drawn = 0;
  for (const [k, row] of rows.entries()) {
    const own = byBid.get(row.bidDigest);
    demand(own !== undefined && row.rank === k + 1, "E_EVAL_RANK", where, `rank ${row.rank} is not place ${k + 1} of a valid bid`);
    byBid.delete(row.bidDigest);
    const agrees = row.score === own.score && row.priceFen === String(own.priceFen);
    demand(agrees, "E_EVAL_RANK", where, `score or price of rank ${row.rank} is not what was computed`);
    const before = contenders.find(({ bid }) => bid === rows[k - 1]?.bidDigest);
    const parted = before === undefined ? -1 : compared(before, own, tieBreak);
    if (parted === "drawn") drawn++;
    else demand(parted < 0, "E_EVAL_RANK", where, `rank ${row.rank} stands behind a bid that is not better`);
  }
  return drawn;
}
