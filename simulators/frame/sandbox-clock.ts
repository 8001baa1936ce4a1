/**
 * Business time of a simulator: the sandbox's virtual clock as it is pushed to it (decisions §1).
 * It never runs back: a push that would lie before what was already shown holds still until it is reached.
 */
export interface ClockPush {
  readonly anchorReal: string;
  readonly anchorVirtual: string;
  readonly tempo: number;
}

const untold = Date.parse("2020-01-01T00:00:00.000Z");

export class SandboxClock {
  readonly #machineNow: () => number;
  #push: ClockPush | undefined;
  #shown = 0;

  constructor(machineNow: () => number) {
    this.#machineNow = machineNow;
  }

  /** @param floor the latest instant that the store already holds. */
  follow(push: ClockPush, floor = 0): void {
    this.#push = push;
    this.#shown = Math.max(this.#shown, floor);
  }

  /** Before the first push it stands at a day before every sandbox, so that the first push is never a step back. */
  nowMs(): number {
    if (this.#push === undefined) return untold;
    const real = this.#machineNow() - Date.parse(this.#push.anchorReal);
    this.#shown = Math.max(this.#shown, Date.parse(this.#push.anchorVirtual) + Math.round(real * this.#push.tempo));
    return this.#shown;
  }

  now(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** Machine milliseconds until a business instant; undefined while the clock stands. */
  machineMsUntil(instant: string): number | undefined {
    const ahead = Date.parse(instant) - this.nowMs();
    if (ahead <= 0) return 0;
    const tempo = this.#push?.tempo ?? 1;
    return tempo === 0 ? undefined : Math.ceil(ahead / tempo);
  }
}

/** A push from the wire, or undefined. */
export function readClockPush(value: unknown): ClockPush | undefined {
  const push = value as ClockPush | null;
  const isTime = (text: unknown) => typeof text === "string" && !Number.isNaN(Date.parse(text));
  if (typeof push !== "object" || push === null || !isTime(push.anchorReal) || !isTime(push.anchorVirtual)) return undefined;
  return Number.isFinite(push.tempo) && push.tempo >= 0
    ? { anchorReal: push.anchorReal, anchorVirtual: push.anchorVirtual, tempo: push.tempo }
    : undefined;
}
