/**
 * The two clocks (decisions §1). Trade time judges law, milestones and the record: the machine's in
 * production, a virtual one in a sandbox. Machine time judges sessions, leases and rate limits.
 * Only this folder reads the machine.
 */
import { randomBytes } from "node:crypto";
import type { Clock, Random } from "../../kernel/index.ts";

export const machineClock: Clock = { now: () => Date.now() };

export const machineRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };

/** virtual = base + tempo × real since the anchor. It never runs back. Production refuses it. */
export class VirtualClock implements Clock {
  #base: number;
  #anchor: number;
  #tempo: number;
  readonly #machine: Clock;

  constructor(start: number, tempo = 1, machine: Clock = machineClock) {
    this.#base = start;
    this.#tempo = tempo;
    this.#machine = machine;
    this.#anchor = machine.now();
  }

  get tempo(): number {
    return this.#tempo;
  }

  now(): number {
    return Math.floor(this.#base + this.#tempo * Math.max(0, this.#machine.now() - this.#anchor));
  }

  /** @throws RangeError when the target lies in the past. */
  jumpTo(target: number): void {
    const now = this.now();
    if (target < now) throw new RangeError("a trade clock never runs back");
    this.#base = target;
    this.#anchor = this.#machine.now();
  }

  /** 0 stops the clock: seeds and stories move it by jumps only. */
  setTempo(tempo: number): void {
    if (!(tempo >= 0 && tempo <= 3600)) throw new RangeError("tempo must be between 0 and 3600");
    this.#base = this.now();
    this.#anchor = this.#machine.now();
    this.#tempo = tempo;
  }
}
