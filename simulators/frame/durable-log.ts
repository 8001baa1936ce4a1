/**
 * A file of JSON lines that only grows. One line is one transaction: it is on disk when `append` returns, and
 * a line that a crash cut in two is dropped at the next start, as if it had never been.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";

export class DurableLog<T> {
  readonly #file: number;
  readonly #isDurable: boolean;

  /** @param isDurable false for journals: kept through kill -9, not through loss of power. */
  constructor(path: string, read: (entry: T) => void, isDurable = true) {
    this.#isDurable = isDurable;
    const length = existsSync(path) ? replay(readFileSync(path), read) : 0;
    this.#file = openSync(path, "a+", 0o600);
    ftruncateSync(this.#file, length);
  }

  append(entry: T): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
    if (this.#isDurable) fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Reads whole lines; returns the length of what was whole. */
function replay<T>(bytes: Buffer, read: (entry: T) => void): number {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1) return start;
    read(JSON.parse(bytes.toString("utf8", start, end)) as T);
    start = end + 1;
  }
}
