/**
 * The pace of blinded events (ADR 0032): with it on, they get their numbers at ticks of the machine's clock
 * only, exactly as many at each tick, whatever came in between: those that wait, then fillers. A tick tells
 * nothing of arrivals; when one came is stamped on entry and judged by that stamp, never by the number.
 */
import type { ClientBase } from "pg";
import type { Numberer } from "./numberer.ts";

export interface Pace {
  /** How many blinded events get their number at each tick. */
  entries: number;
  /** Machine milliseconds between two ticks. */
  everyMs: number;
}

export interface BlindedPaceOptions {
  numberer: Numberer;
  /** The pace that holds now; must follow from public facts alone. */
  paceNow: () => Promise<Pace>;
  /** Appends so many fillers, as blinded events that wait for their number. */
  fill: (tx: ClientBase, missing: number) => Promise<void>;
  machineNow: () => number;
  onFault: (error: unknown) => void;
}

/** At every limit so many ticks follow at once, whether anybody waits or not. */
const ticksAtLimit = 2;

export class BlindedPace {
  readonly #options: BlindedPaceOptions;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: BlindedPaceOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#arm();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
  }

  /** Before a limit is reached: everything blinded that came in time has its number when this resolves. */
  async drain(): Promise<void> {
    for (let ticks = 0; ticks < ticksAtLimit || (await this.#options.numberer.waitingBlinded()) > 0; ticks++) await this.#tick();
  }

  async #arm(): Promise<void> {
    const started = this.#options.machineNow();
    const { everyMs } = await this.#options.paceNow().catch((error: unknown) => {
      this.#options.onFault(error);
      return { everyMs: 1000 };
    });
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => {
        void this.#tick()
          .catch(this.#options.onFault)
          .then(() => this.#arm());
      },
      Math.max(0, everyMs - (this.#options.machineNow() - started)),
    );
  }

  #tick(): Promise<void> {
    const done = this.#ticking.then(async () => {
      const { entries } = await this.#options.paceNow();
      await this.#options.numberer.tick(entries, this.#options.fill);
    });
    this.#ticking = done.catch(() => undefined);
    return done;
  }
}
