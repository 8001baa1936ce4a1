/** Trade time of a sandbox as it is pushed to the witness (the same push as simulators get). It never runs back. */
interface ClockPush {
  anchorReal: string;
  anchorVirtual: string;
  tempo: number;
}

export class SandboxClock {
  readonly #machineNow: () => number;
  #push: ClockPush | undefined;
  #shown = 0;

  constructor(machineNow: () => number) {
    this.#machineNow = machineNow;
  }

  /** Whether the text is a push. */
  follow(text: string): boolean {
    const push = readPush(text);
    if (push) this.#push = push;
    return push !== undefined;
  }

  /** POSIX seconds; 0 before the first push, so that nothing is signed until the time is known. */
  now(): number {
    if (!this.#push) return 0;
    const real = this.#machineNow() - Date.parse(this.#push.anchorReal);
    this.#shown = Math.max(this.#shown, Math.floor((Date.parse(this.#push.anchorVirtual) + real * this.#push.tempo) / 1000));
    return this.#shown;
  }
}

function readPush(text: string): ClockPush | undefined {
  try {
    const push = JSON.parse(text) as ClockPush;
    const isTime = (value: unknown) => typeof value === "string" && !Number.isNaN(Date.parse(value));
    return isTime(push.anchorReal) && isTime(push.anchorVirtual) && Number.isSafeInteger(push.tempo) && push.tempo >= 0 ? push : undefined;
  } catch {
    return undefined; // what is no JSON is no push
  }
}
