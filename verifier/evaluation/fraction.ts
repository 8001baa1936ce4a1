/**
 * Exact fractions as the evaluation's figures are written: `numerator/denominator` in lowest terms, and a reading in
 * two decimals, rounded half away from zero (四舍五入). The verifier's own; no floating point.
 */
export type Fraction = readonly [numerator: bigint, denominator: bigint];

export const zero: Fraction = [0n, 1n];

/** In lowest terms, the denominator above zero. @throws RangeError for a denominator of zero */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 0n) throw new RangeError("division by zero");
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = denominator < 0n ? -1n : 1n;
  return [(sign * numerator) / a, (sign * denominator) / a];
}

/** The value of `12.50`, `-3` or, as a share, `4.0%`. @throws RangeError for any other text */
export function fractionOf(text: string): Fraction {
  const [, sign, whole, decimals = "", percent] = /^(-?)([0-9]+)(?:\.([0-9]+))?(%?)$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`not a number: ${text}`);
  const digits = BigInt(whole + decimals);
  return fraction(sign === "-" ? -digits : digits, 10n ** BigInt(decimals.length + (percent === "%" ? 2 : 0)));
}

export const add = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d);
export const subtract = (x: Fraction, [c, d]: Fraction): Fraction => add(x, [-c, d]);
export const multiply = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);
export const divide = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d, b * c);

/** Below zero, zero or above zero. */
export function order([a, b]: Fraction, [c, d]: Fraction): number {
  const difference = a * d - c * b;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function sum(values: readonly Fraction[]): Fraction {
  return values.reduce(add, zero);
}

/** Rounded to so many places, still exact. */
export function rounded(value: Fraction, places: number): Fraction {
  const scale = 10n ** BigInt(places);
  return fraction(scaled(value, scale), scale);
}

/** `89.81`: two decimals, to be read. */
export function shown(value: Fraction): string {
  const hundredths = scaled(value, 100n);
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, "0");
  return `${hundredths < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `8981/100`, or a whole number. */
export function written([numerator, denominator]: Fraction): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

function scaled([numerator, denominator]: Fraction, scale: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const whole = (2n * size * scale + denominator) / (2n * denominator);
  return numerator < 0n ? -whole : whole;
}
