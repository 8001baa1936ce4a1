/**
 * An armed timer: it sleeps until the next due instant, at most 60 s at a time (clocks step, and
 * setTimeout overflows), and runs the work. It only wakes; predicates decide. Work never overlaps.
 */
import type { Clock } from "../../kernel/index.ts";

export interface ArmedTimerOptions {
  clock: Clock & { tempo?: number };
  /** When there is something to do next, in trade time; undefined when nothing is planned. */
  nextDue: () => Promise<number | undefined>;
  work: (now: number) => Promise<unknown>;
  onFault: (error: unknown) => void;
}

const longestSleepMs = 60_000;

export class ArmedTimer {
  readonly #options: ArmedTimerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ArmedTimerOptions) {
    this.#options = options;
  }

  /** Looks again: a due row was added or moved, or the clock jumped. Resolves when all work due by now is done. */
  rearm(): Promise<void> {
    this.#running = this.#running.then(() => this.#runAndArm()).catch(this.#options.onFault);
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #runAndArm(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const { clock, nextDue, work } = this.#options;
    await work(clock.now());
    const due = await nextDue();
    if (this.#stopped) return;
    const tempo = clock.tempo ?? 1;
    const wait = due === undefined || tempo === 0 ? longestSleepMs : Math.max(0, (due - clock.now()) / tempo);
    this.#timer = setTimeout(() => void this.rearm(), Math.min(Math.ceil(wait), longestSleepMs));
    this.#timer.unref();
  }
}
