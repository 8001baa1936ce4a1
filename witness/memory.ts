/**
 * What a witness remembers, in its own folder: its key, and for each log the last head that it signed.
 * A head is on disk before its cosignature leaves the house; a witness that lost its memory refuses to
 * start, because it would sign a second history without knowing.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fromHex, hex } from "../formats/bytes.ts";
import { logIdOf } from "../formats/evidence/index.ts";

/** The last head signed for a log; size 0 before the first. */
export interface Remembered {
  size: number;
  /** hex; empty before the first. */
  root: string;
  /** POSIX second of the last cosignature. */
  signedAt: number;
  note: string;
}

/**
 * `fork`: two roots for one size, both signed by the log: the two notes convict it. `unproven`: a larger head without a proof
 * that leads to it; `shrunk`: a smaller head. These two may be anybody's doing, since old notes are public: people look into them.
 */
export type Alarm = { kind: "fork" | "unproven" | "shrunk"; origin: string; at: number; kept: Remembered; offered: string };

/** Of alarms that anybody can cause, no more are kept than this. */
const unprovenAlarmsMax = 1000;

export class Memory {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
    mkdirSync(home, { recursive: true, mode: 0o700 });
  }

  /** The witness's secret; made at the first start. */
  secret(random: (bytes: number) => Uint8Array): Uint8Array {
    const path = join(this.#home, "witness.key");
    if (!existsSync(path)) writeDurable(path, hex(random(32)));
    const secret = fromHex(readFileSync(path, "utf8").trim());
    if (secret.length !== 32) throw new Error(`${path} holds no key`);
    return secret;
  }

  /** @throws when the log was known and its memory is gone or broken. */
  recall(origin: string): Remembered {
    const known = this.#knownLogs();
    if (!known.includes(origin)) {
      this.remember(origin, { size: 0, root: "", signedAt: 0, note: "" });
      writeDurable(this.#path("logs.json"), JSON.stringify([...known, origin]));
    }
    const kept = JSON.parse(readFileSync(this.#headPath(origin), "utf8")) as Remembered;
    const isWhole =
      Number.isSafeInteger(kept.size) && Number.isSafeInteger(kept.signedAt) && (kept.size === 0 || /^[0-9a-f]{64}$/.test(kept.root));
    if (!isWhole) throw new Error(`the memory of ${origin} is broken: restore it, or retire this witness's key`);
    return kept;
  }

  /** Returns when the head is on disk. */
  remember(origin: string, head: Remembered): void {
    writeDurable(this.#headPath(origin), JSON.stringify(head));
  }

  /** Both notes are kept. The same offer again is the same alarm. */
  raise(alarm: Alarm): void {
    const known = this.alarms();
    if (known.some(({ kind, offered }) => kind === alarm.kind && offered === alarm.offered)) return;
    if (alarm.kind !== "fork" && known.length >= unprovenAlarmsMax) return;
    const file = openSync(this.#path("alarms.jsonl"), "a", 0o600);
    writeSync(file, `${JSON.stringify(alarm)}\n`);
    fsyncSync(file);
    closeSync(file);
  }

  alarms(): Alarm[] {
    const path = this.#path("alarms.jsonl");
    const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
    // A line that a crash cut in two stands at the end alone, without its newline.
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Alarm);
  }

  #knownLogs(): string[] {
    const path = this.#path("logs.json");
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as string[]) : [];
  }

  #headPath(origin: string): string {
    return this.#path(`head-${logIdOf(origin)}.json`);
  }

  #path(name: string): string {
    return join(this.#home, name);
  }
}

function writeDurable(path: string, text: string): void {
  const file = openSync(`${path}.writing`, "w", 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.writing`, path);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
}
