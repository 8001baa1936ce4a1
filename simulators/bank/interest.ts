/**
 * Interest on a deposit as the bank counts it (bank.md §3.4; 招标投标法实施条例 57: 银行同期存款利息):
 * balance × ppm / 1,000,000 / 360 per day, the day of credit counts, the day of payment does not,
 * rounded once half up to the fen. The platform counts by its own code; a difference is found by comparison.
 */
const dayMs = 86_400_000n;
const shanghaiMs = 8n * 3_600_000n;

export function interestFen(balanceFen: bigint, ratePpm: bigint, days: bigint): bigint {
  const numerator = balanceFen * ratePpm * days;
  const denominator = 360_000_000n;
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Days from the credit to the payment, both as days in Shanghai. */
export function daysBetween(creditedAt: string, paidAt: string): bigint {
  return dayNumber(paidAt) - dayNumber(creditedAt);
}

export function shanghaiDay(instant: string): string {
  return new Date(Date.parse(instant) + Number(shanghaiMs)).toISOString().slice(0, 10);
}

function dayNumber(instant: string): bigint {
  return (BigInt(Date.parse(instant)) + shanghaiMs) / dayMs;
}
