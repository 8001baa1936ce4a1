/**
 * Work that always has to be done for the newest value only: what was overtaken while the last piece of
 * work ran is skipped. Failed work is told and tried again with the next value or after a rest.
 */
export interface NewestOnlyOptions<T> {
  /** Returns whether the work is complete; if not, it is done again after the rest. */
  work: (value: T) => Promise<boolean>;
  restMs: number;
  onFault: (error: unknown) => void;
}

export class NewestOnly<T> {
  readonly #options: NewestOnlyOptions<T>;
  #next: { value: T } | undefined;
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #told = "";

  constructor(options: NewestOnlyOptions<T>) {
    this.#options = options;
  }

  offer(value: T): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#next = { value };
    if (!this.#isRunning) this.#running = this.#run();
  }

  /** Resolves when nothing is being worked on; a retry that waits for its time does not count. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#next = undefined;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let last: { value: T; isDone: boolean } | undefined;
    while (this.#next) {
      const { value } = this.#next;
      this.#next = undefined;
      last = { value, isDone: await this.#attempt(value) };
    }
    this.#isRunning = false;
    if (last && !last.isDone && !this.#isStopped) {
      const { value } = last;
      this.#timer = setTimeout(() => this.offer(value), this.#options.restMs);
      this.#timer.unref();
    }
  }

  async #attempt(value: T): Promise<boolean> {
    try {
      const isDone = await this.#options.work(value);
      this.#told = "";
      return isDone;
    } catch (error) {
      // An outage of a day is told once, not at each try.
      if (this.#told !== String(error)) this.#options.onFault(error);
      this.#told = String(error);
      return false;
    }
  }
}
