/**
 * A clock for sessions that are judged to the millisecond: it follows the machine's clock as long as that runs evenly,
 * and does not follow its steps. Whoever sets the machine's clock an hour back or forth moves no end of an auction.
 */
import type { Clock } from "../../kernel/index.ts";
import { machineClock } from "./clock.ts";

/** Differences up to this are the slow correction of a time service; more is a step. */
const evenMs = 250;

export class SteadyClock implements Clock {
  readonly #wall: Clock;
  readonly #elapsed: () => number;
  #wallBefore: number;
  #elapsedBefore: number;
  /** What the steps seen so far amount to. */
  #steps = 0;
  #latest: number;

  /** @param elapsed milliseconds of a counter that never runs back. */
  constructor(wall: Clock, elapsed: () => number) {
    this.#wall = wall;
    this.#elapsed = elapsed;
    this.#wallBefore = wall.now();
    this.#elapsedBefore = elapsed();
    this.#latest = this.#wallBefore;
  }

  now(): number {
    const wall = this.#wall.now();
    const elapsed = this.#elapsed();
    const step = wall - this.#wallBefore - (elapsed - this.#elapsedBefore);
    if (Math.abs(step) > evenMs) this.#steps += step;
    this.#wallBefore = wall;
    this.#elapsedBefore = elapsed;
    this.#latest = Math.max(this.#latest, Math.floor(wall - this.#steps));
    return this.#latest;
  }
}

/** The machine's clock without its steps. */
export function steadyMachineClock(): SteadyClock {
  return new SteadyClock(machineClock, () => performance.now());
}
