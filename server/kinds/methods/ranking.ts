/**
 * Ranking with declared tie-breaks. A tie that nothing declared can part is an error of the document
 * and is refused when it is issued; a tie that only a draw can part is returned as such.
 */
import { compare, type Exact } from "../../kernel/exact.ts";
import type { Ranked, TieBreak } from "./method.ts";

export type Contender = {
  readonly bidId: string;
  /** Greater is better. */
  readonly merit: Exact;
  readonly result: string;
  readonly priceFen: bigint;
  readonly technical: Exact;
};

/** Contenders in the order of the register; `tieOrder` is the order a draw gave. */
export function rank(
  contenders: readonly Contender[],
  tieBreak: readonly TieBreak[],
  tieOrder: readonly string[] = [],
): { ranking: Ranked[]; needsDraw: string[][] } {
  const register = contenders.map(({ bidId }) => bidId);
  const order = (a: Contender, b: Contender) => compare(b.merit, a.merit) || parted(a, b, tieBreak, { register, tieOrder });
  const sorted = [...contenders].sort(order);
  const groups: Contender[][] = [];
  for (const contender of sorted) {
    const group = groups.at(-1);
    if (group?.[0] && order(group[0], contender) === 0) group.push(contender);
    else groups.push([contender]);
  }
  let best = 1;
  const ranking = groups.flatMap((group) => {
    const ranked = group.map(({ bidId, result }) => ({ rank: best, bidId, result }));
    best += group.length;
    return ranked;
  });
  return { ranking, needsDraw: groups.filter((group) => group.length > 1).map((group) => group.map(({ bidId }) => bidId)) };
}

function parted(
  a: Contender,
  b: Contender,
  tieBreak: readonly TieBreak[],
  orders: { register: readonly string[]; tieOrder: readonly string[] },
): number {
  for (const word of tieBreak) {
    const difference = partedBy(word, a, b, orders);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partedBy(
  word: TieBreak,
  a: Contender,
  b: Contender,
  { register, tieOrder }: { register: readonly string[]; tieOrder: readonly string[] },
): number {
  switch (word) {
    case "lowerPrice":
      return a.priceFen < b.priceFen ? -1 : a.priceFen > b.priceFen ? 1 : 0;
    case "higherTechnical":
      return compare(b.technical, a.technical);
    case "fileOrder":
      return register.indexOf(a.bidId) - register.indexOf(b.bidId);
    case "draw":
      return tieOrder.includes(a.bidId) && tieOrder.includes(b.bidId) ? tieOrder.indexOf(a.bidId) - tieOrder.indexOf(b.bidId) : 0;
  }
}
