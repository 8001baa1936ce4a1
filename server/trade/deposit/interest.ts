/**
 * Interest on a deposit that goes back: 银行同期存款利息 (实施条例 第五十七条; CON-030). The rate is a
 * setting (the demand rate of the bank that keeps the money); the day of credit counts, the day of
 * payment does not; a year has 360 days, as banks count; rounded half up to the fen.
 */

import { settingNumber } from "../../../law/index.ts";
import { dayOf, daysBetween, divideHalfUp, type Instant, parseInstant } from "../../kernel/index.ts";

const perMillionAndYear = 1_000_000n * 360n;

export function interestFen(principalFen: bigint, ratePpm: number, days: number): bigint {
  return days <= 0 ? 0n : divideHalfUp(principalFen * BigInt(ratePpm) * BigInt(days), perMillionAndYear);
}

/** From value date to today. */
export function interestUntil(now: Instant, { principalFen, valueAt }: { principalFen: bigint; valueAt: string }): bigint {
  const today = dayOf(now);
  return interestFen(principalFen, settingNumber("depositInterestPpm", today), daysBetween(dayOf(parseInstant(valueAt)), today));
}
