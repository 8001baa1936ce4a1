/**
 * Does what nobody asks for: finished work, deeds that are due by the business clock, deliveries.
 */
import type { Book } from "./book.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { Context, SystemDefinition } from "./system-definition.ts";

export interface RunnerParts<State, Effect> {
  readonly definition: SystemDefinition<State, Effect>;
  readonly book: Book<State, Effect>;
  readonly context: Context;
  readonly clock: SandboxClock;
  readonly wakeOutbox: () => void;
}

export class Runner<State, Effect> {
  readonly #parts: RunnerParts<State, Effect>;
  #timer: NodeJS.Timeout | undefined;
  #isWorking = false;
  #isStopped = false;

  constructor(parts: RunnerParts<State, Effect>) {
    this.#parts = parts;
  }

  wake(): void {
    if (this.#isStopped) return;
    this.#doDue();
    void this.#finishWork();
    this.#parts.wakeOutbox();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #doDue(): void {
    const { definition, book, context, clock } = this.#parts;
    clearTimeout(this.#timer);
    let next = definition.nextDue?.(book.state);
    while (next !== undefined && definition.due && next <= clock.now()) {
      book.act(definition.due(book.state, context));
      const following = definition.nextDue?.(book.state);
      if (following === next) break;
      next = following;
    }
    const wait = next === undefined ? undefined : clock.machineMsUntil(next);
    if (wait !== undefined) this.#timer = setTimeout(() => this.wake(), Math.min(wait + 1, 2_000_000_000)).unref();
  }

  async #finishWork(): Promise<void> {
    const { definition, book, context } = this.#parts;
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (
        let work = definition.afterwards?.(book.state, context);
        work !== undefined && !this.#isStopped;
        work = definition.afterwards?.(book.state, context)
      ) {
        const act = await work;
        if (this.#isStopped) return;
        book.act(act);
        this.#parts.wakeOutbox();
      }
    } finally {
      this.#isWorking = false;
    }
  }
}
