/** The discount (下浮率) of the read-out. Whole fen, no floats. */

/** How far a price lies below the ceiling, in percent with two decimals, rounded half up. */
export function discountText(priceFen: string, ceilingFen: string | undefined): string | undefined {
  if (ceilingFen === undefined || BigInt(ceilingFen) <= 0n) return undefined;
  const [price, ceiling] = [BigInt(priceFen), BigInt(ceilingFen)];
  const below = ceiling >= price;
  const gap = below ? ceiling - price : price - ceiling;
  const positive = (gap * 20_000n + ceiling) / (2n * ceiling);
  return `${below || positive === 0n ? "" : "-"}${positive / 100n}.${String(positive % 100n).padStart(2, "0")}%`;
}
