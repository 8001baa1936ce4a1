/** The sandbox's clock on disk: it resumes where it stopped, and everybody who follows it is told of each change. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { machineClock, VirtualClock } from "../runtime/clock/clock.ts";
import { crashPoint } from "../runtime/crash/crash-points.ts";

/** How others may compute the same time (anchor + tempo × real). */
export interface ClockPush {
  anchorReal: string;
  anchorVirtual: string;
  tempo: number;
}

export class SandboxClockFile {
  readonly clock: VirtualClock;
  readonly #path: string | undefined;
  readonly #followers: ((push: ClockPush) => Promise<void>)[] = [];

  /** @param path where it is kept; undefined for a story, whose clock lives as long as its process. */
  constructor(path: string | undefined, start: string) {
    this.#path = path;
    const kept = path && existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { now: string; tempo: number }) : undefined;
    this.clock = new VirtualClock(Date.parse(kept?.now ?? start), kept?.tempo ?? 0);
  }

  /** A follower is told at once, and after every change before the change is answered. */
  async follow(follower: (push: ClockPush) => Promise<void>): Promise<void> {
    this.#followers.push(follower);
    await follower(this.push());
  }

  push(): ClockPush {
    return {
      anchorReal: new Date(machineClock.now()).toISOString(),
      anchorVirtual: new Date(this.clock.now()).toISOString(),
      tempo: this.clock.tempo,
    };
  }

  async changed(): Promise<void> {
    this.keep();
    crashPoint("CP02.clock-kept");
    for (const follower of this.#followers) await follower(this.push());
  }

  keep(): void {
    if (!this.#path) return;
    writeFileSync(`${this.#path}.new`, JSON.stringify({ now: new Date(this.clock.now()).toISOString(), tempo: this.clock.tempo }), {
      flush: true,
    });
    renameSync(`${this.#path}.new`, this.#path);
  }
}
