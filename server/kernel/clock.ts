/**
 * Time as it is handed to decisions. Law and record live in *trade time*; the real clocks are made in
 * `server/runtime` only, and no other code reads the machine (decisions §1).
 */
import type { Instant } from "./instant.ts";

export interface Clock {
  /** Trade time, milliseconds since 1970; never runs back. */
  now(): Instant;
}

/** A clock for tests: it stands still until it is told to go on, and refuses to run back. */
export function fixedClock(start: Instant): Clock & { advanceTo(instant: Instant): void; advanceBy(milliseconds: number): void } {
  let current = start;
  const advanceTo = (instant: Instant) => {
    if (instant < current) throw new RangeError("a trade clock never runs back");
    current = instant;
  };
  return { now: () => current, advanceTo, advanceBy: (milliseconds) => advanceTo(current + milliseconds) };
}
