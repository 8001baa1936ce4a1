/**
 * Scrutiny (清标): what a machine can see in a bid. Facts only; it ranks nothing and rejects nothing.
 * Law: 评标委员会和评标方法暂行规定 第十五条至第十九条 (preparation of the evaluation).
 */
import { keeps } from "../../kernel/index.ts";
import type { BidFigures, JudgingTerms } from "./before.ts";
import type { BidFacts, JudgedBid } from "./evaluation.ts";
import type { TableItem } from "./mechanism.ts";

keeps({
  ruleId: "X-009",
  at: "server/trade/evaluation/scrutiny.ts",
  how: "facts that a machine found are shown to the committee; only votes reject a bid",
  test: "server/trade/evaluation/evaluation.test.ts",
});

export function scrutinise(bids: readonly JudgedBid[], terms: JudgingTerms, tables: readonly TableItem[]): BidFacts[] {
  return bids.map(({ bidDigest, figures }) => ({ bidDigest, flags: flagsOf(figures, terms), rows: rowsOf(figures, tables) }));
}

function flagsOf(figures: BidFigures | null, { ceilingFen, floorFen, bidValidityDays, durationDays }: JudgingTerms): string[] {
  if (!figures) return ["formMissing"];
  const price = BigInt(figures.priceFen);
  return [
    ...(ceilingFen !== null && price > BigInt(ceilingFen) ? ["priceAboveCeiling"] : []),
    ...(floorFen !== null && price < BigInt(floorFen) ? ["priceBelowFloor"] : []),
    ...(figures.validityDays < bidValidityDays ? ["validityTooShort"] : []),
    ...(durationDays > 0 && figures.durationDays > durationDays ? ["durationTooLong"] : []),
  ];
}

/** What a bidder declares for a table: by the item's own id, or by the fact that the standard form names. */
const factOfItem: Readonly<Record<string, string>> = {
  "cre-1": "creditGrade",
  "cre-2": "similarProjects",
  "cre-3": "managerSimilarProjects",
};
const countWords = ["none", "one", "two"] as const;

/** The row that the bid's own declaration points to; without one the last row, which scores least. The committee may find another. */
function rowsOf(figures: BidFigures | null, tables: readonly TableItem[]): Record<string, string> {
  return Object.fromEntries(
    tables.map(({ id, rows }) => {
      const declared = figures?.facts[id] ?? figures?.facts[factOfItem[id] ?? ""];
      return [
        id,
        rowFor(
          declared,
          rows.map(({ key }) => key),
        ) ??
          rows.at(-1)?.key ??
          "",
      ];
    }),
  );
}

function rowFor(declared: string | number | boolean | null | undefined, keys: readonly string[]): string | undefined {
  if (typeof declared !== "number") return keys.find((key) => key === declared);
  // "两项及以上" is the greatest row; where the table has no row for the count, the next smaller one holds.
  for (let count = Math.min(declared, 2); count >= 0; count -= 1) if (keys.includes(countWords[count] ?? "")) return countWords[count];
  return undefined;
}
