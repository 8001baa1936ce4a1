/**
 * Exact rational numbers (bigint over bigint). Scores, benchmarks and shares are computed with them
 * and rounded only where a rule or a tender document says so. No floating point, ever.
 */

/** In lowest terms; the denominator is positive. Make one with `exact`, `decimal` or `percent`. */
export type Exact = { readonly numerator: bigint; readonly denominator: bigint };

/** @throws RangeError when the denominator is zero. */
export function exact(numerator: bigint | number, denominator: bigint | number = 1n): Exact {
  let n = BigInt(numerator);
  let d = BigInt(denominator);
  if (d === 0n) throw new RangeError("division by zero");
  if (d < 0n) [n, d] = [-n, -d];
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d);
  return { numerator: n / divisor, denominator: d / divisor };
}

/** The exact value of a decimal text such as `-12.50`. @throws RangeError for any other text. */
export function decimal(text: string): Exact {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) throw new RangeError(`not a decimal number: ${text}`);
  const fraction = parts[3] ?? "";
  const digits = BigInt(`${parts[2]}${fraction}`);
  return exact(parts[1] ? -digits : digits, 10n ** BigInt(fraction.length));
}

/** The share a percentage stands for: `percent("4.0%")`, `percent("2")` = 1/50, `percent(0.5)` = 1/200. */
export function percent(value: string | number): Exact {
  const text = String(value).replace(/%$/, "");
  return dividedBy(decimal(text), exact(100));
}

export function plus(a: Exact, b: Exact): Exact {
  return exact(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, negative(b));
}

export function times(a: Exact, b: Exact): Exact {
  return exact(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** @throws RangeError when `b` is zero. */
export function dividedBy(a: Exact, b: Exact): Exact {
  return exact(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function negative(a: Exact): Exact {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function absolute(a: Exact): Exact {
  return a.numerator < 0n ? negative(a) : a;
}

/** Below zero, zero or above zero, as for `Array.sort`. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function sumOf(values: readonly Exact[]): Exact {
  return values.reduce(plus, exact(0));
}

/** @throws RangeError when there is no value. */
export function meanOf(values: readonly Exact[]): Exact {
  return dividedBy(sumOf(values), exact(values.length));
}

/** Rounded to `decimals` places, half away from zero (四舍五入), still exact. */
export function roundHalfUp(value: Exact, decimals: number): Exact {
  const scale = 10n ** BigInt(decimals);
  return exact(divideHalfUp(value.numerator * scale, value.denominator), scale);
}

/** Decimal text with exactly `decimals` places, rounded half away from zero. */
export function decimalText(value: Exact, decimals: number): string {
  const scaled = divideHalfUp(value.numerator * 10n ** BigInt(decimals), value.denominator);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, "0");
  const sign = scaled < 0n ? "-" : "";
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The value itself as text that loses nothing: `541100000/3`, or a whole number. */
export function exactText(value: Exact): string {
  return value.denominator === 1n ? `${value.numerator}` : `${value.numerator}/${value.denominator}`;
}

/** The way back from `exactText`. @throws RangeError for any other text. */
export function parseExact(text: string): Exact {
  const parts = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (!parts?.[1]) throw new RangeError(`not an exact number: ${text}`);
  return exact(BigInt(parts[1]), BigInt(parts[2] ?? "1"));
}

/** Integer quotient rounded half away from zero; the divisor is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
