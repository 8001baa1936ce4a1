/**
 * What went over the wall, in both directions, and what faults did to it: append-only, kept through restart,
 * the base of every comparison. Personal fields show as 8 characters of a keyed hash, never more (conventions.md §7).
 */
import { join } from "node:path";
import { hex, utf8 } from "../../formats/bytes.ts";
import { personalTrace } from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import { DurableLog } from "./durable-log.ts";

export interface JournalEntry {
  readonly n: number;
  readonly at: string;
  readonly dir: "in" | "out" | "effect" | "fault";
  readonly door: string;
  readonly type?: string;
  readonly id?: string;
  readonly object?: string;
  readonly seq?: number;
  readonly attempt?: number;
  readonly sha256?: string;
  readonly body?: unknown;
  readonly status?: number;
  readonly code?: string;
  readonly faultId?: string;
}

export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #log: DurableLog<JournalEntry>;
  readonly #maskKey: Uint8Array;

  constructor(home: string, maskKey: Uint8Array) {
    this.#maskKey = maskKey;
    this.#log = new DurableLog<JournalEntry>(join(home, "journal.jsonl"), (entry) => this.#entries.push(entry), false);
  }

  note(entry: Omit<JournalEntry, "n" | "sha256">): void {
    const digest = entry.body === undefined ? {} : { sha256: hex(sha256(utf8(JSON.stringify(entry.body)))) };
    const whole: JournalEntry = {
      n: this.#entries.length + 1,
      ...entry,
      ...digest,
      ...(entry.body === undefined ? {} : { body: this.#masked(entry.body) }),
    };
    this.#entries.push(whole);
    this.#log.append(whole);
  }

  after(n: number, limit: number): readonly JournalEntry[] {
    return this.#entries.slice(n, n + limit);
  }

  close(): void {
    this.#log.close();
  }

  /** Personal fields are JWE texts; codes stand in `places` and are masked too (messages.md §2.3). */
  #masked(value: unknown): unknown {
    if (typeof value === "string")
      return /^eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/.test(value) ? `🔒${personalTrace(this.#maskKey, value)}` : value;
    if (Array.isArray(value)) return value.map((item) => this.#masked(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        name === "places" && !Array.isArray(item) ? `🔒${personalTrace(this.#maskKey, JSON.stringify(item))}` : this.#masked(item),
      ]),
    );
  }
}
