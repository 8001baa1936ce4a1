/**
 * Delivers what the book says has to be sent: one queue per destination, in order, with the retries of
 * conventions.md §6, and with the faults that the control door asked for.
 */
import { utf8 } from "../../formats/bytes.ts";
import {
  mayRetry,
  type Outcome,
  type Peer,
  pairsOf,
  readAnswer,
  retryDelayMs,
  type Sender,
  type SigningKey,
  type Transmission,
  transmissionTo,
} from "../../formats/exchange/index.ts";
import type { Book, Sent } from "./book.ts";
import { type Fault, type FaultTable, findStruck, paramOf, withFalseContent } from "./fault-table.ts";
import type { Journal } from "./journal.ts";

export interface OutboxParts {
  readonly book: Book<unknown, unknown>;
  readonly faults: FaultTable;
  readonly journal: Journal;
  readonly sender: Sender;
  readonly retired: SigningKey;
  readonly now: () => string;
  /** First pause after a failed attempt; 1000 by conventions.md §6. */
  readonly retryMs: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #busy = new Set<string>();
  readonly #attempts = new Map<string, number>();
  #lastNonce = "";
  #isStopped = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Looks whether anything waits, and starts a queue for each destination that has none running. */
  wake(): void {
    for (const { to } of this.#parts.book.pending()) {
      if (this.#busy.has(to) || !this.#parts.book.peers.has(to)) continue;
      this.#busy.add(to);
      void this.#run(to).finally(() => this.#busy.delete(to));
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #run(to: string): Promise<void> {
    while (!this.#isStopped) {
      const waiting = this.#parts.book.pending().filter((one) => one.to === to);
      const first = waiting[0];
      const peer = this.#parts.book.peers.get(to);
      if (first === undefined || peer === undefined) return;
      const struck = this.#strike(first);
      const reorder = findStruck(struck, "reorder");
      if (reorder) await this.#deliverReordered(to, peer, paramOf(reorder, "window", 2));
      else await this.#deliver(first, peer, struck);
    }
  }

  /** Gathers a window of messages (2 s at most) and sends the last first. */
  async #deliverReordered(to: string, peer: Peer, window: number): Promise<void> {
    for (let waited = 0; waited < 2_000; waited += 50) {
      if (this.#parts.book.pending().filter((one) => one.to === to).length >= window) break;
      await pause(50);
    }
    const gathered = this.#parts.book
      .pending()
      .filter((one) => one.to === to)
      .slice(0, window);
    for (const one of gathered.reverse()) await this.#deliver(one, peer, []);
  }

  async #deliver(one: Sent, peer: Peer, struck: readonly Fault[]): Promise<void> {
    const delay = findStruck(struck, "delay") ?? findStruck(struck, "silence");
    if (delay) await pause(paramOf(delay, "ms", 1_000));
    const outcome = findStruck(struck, "dropBeforeEffect") ? unknown("dropped by a fault") : await this.#attempt(one, peer, struck);
    const duplicate = findStruck(struck, "duplicate");
    if (duplicate) await this.#repeat(one, peer, duplicate);
    if (!mayRetry(outcome)) {
      this.#attempts.delete(one.envelope.id);
      this.#parts.book.settle(one.envelope.id, outcome.how === "answered" ? "delivered" : "parked");
      return;
    }
    const attempt = this.#attempts.get(one.envelope.id) ?? 1;
    const chance = this.#parts.sender.random(1)[0] ?? 0;
    await pause(Math.round((retryDelayMs(attempt, chance) * this.#parts.retryMs) / 1_000));
  }

  async #repeat(one: Sent, peer: Peer, fault: Fault): Promise<void> {
    const gap = paramOf(fault, "gapMs", 0);
    const sendings: Promise<Outcome>[] = [];
    for (let i = 0; i < paramOf(fault, "times", 1); i++) {
      if (gap > 0) await pause(gap);
      sendings.push(this.#attempt(one, peer, []));
    }
    await Promise.all(sendings);
  }

  async #attempt(one: Sent, peer: Peer, struck: readonly Fault[]): Promise<Outcome> {
    const attempt = (this.#attempts.get(one.envelope.id) ?? 0) + 1;
    this.#attempts.set(one.envelope.id, attempt);
    const falsehood = findStruck(struck, "falseContent");
    const envelope = falsehood ? withFalseContent(one.envelope, falsehood) : one.envelope;
    const outcome = await this.#transmit(peer, one.envelope.id, JSON.stringify(envelope), struck);
    const { type, id, object, seq } = one.envelope;
    const status = outcome.how === "answered" ? outcome.status : outcome.how === "refused" ? outcome.problem.status : 0;
    const code = outcome.how === "refused" ? outcome.problem.code : outcome.how === "unknown" ? outcome.reason : undefined;
    this.#parts.journal.note({
      at: this.#parts.now(),
      dir: "out",
      door: "messages",
      type,
      id,
      object,
      seq,
      attempt,
      body: envelope,
      status,
      ...(code ? { code } : {}),
      ...(struck[0] ? { faultId: struck[0].faultId } : {}),
    });
    return outcome;
  }

  async #transmit(peer: Peer, id: string, text: string, struck: readonly Fault[]): Promise<Outcome> {
    const spoiled = spoiledText(text, struck);
    const transmission = transmissionTo(peer, this.#senderUnder(struck), {
      method: "POST",
      target: "/v1/messages",
      id,
      body: utf8(spoiled),
    });
    this.#spoilSignature(transmission, findStruck(struck, "badSignature"));
    this.#lastNonce = transmission.asked.nonce;
    return fetchAnswer(transmission, peer);
  }

  #senderUnder(struck: readonly Fault[]): Sender {
    const { sender, retired } = this.#parts;
    const how = findStruck(struck, "badSignature")?.params.how;
    const shift =
      (how === "staleTime" ? -3_600_000 : 0) +
      (findStruck(struck, "wrongClock") ? paramOf(findStruck(struck, "wrongClock") as Fault, "ms", 600_000) : 0);
    const key = how === "oldKey" ? retired : how === "otherKey" ? { kid: sender.key.kid, secret: sender.random(32) } : sender.key;
    const random =
      how === "reusedNonce" && this.#lastNonce !== ""
        ? () => Uint8Array.from(this.#lastNonce.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
        : sender.random;
    return { ...sender, key, random, machineNow: () => sender.machineNow() + shift };
  }

  #spoilSignature({ headers }: Transmission, fault: Fault | undefined): void {
    if (fault?.params.how === "missing") delete headers["Msg-Sig"];
    if (fault?.params.how === "flip") headers["Msg-Sig"] = (headers["Msg-Sig"] ?? "").replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  }

  #strike(one: Sent): Fault[] {
    return this.#parts.faults.strike({ direction: "out", door: "messages", type: one.envelope.type, object: one.envelope.object });
  }
}

/** One HTTP exchange: no redirects, 10 s (conventions.md §1). */
export async function fetchAnswer(transmission: Transmission, peer: Peer): Promise<Outcome> {
  try {
    const answer = await fetch(transmission.url, {
      method: transmission.method,
      headers: transmission.headers,
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
      ...(transmission.method === "POST" ? { body: transmission.body as Uint8Array<ArrayBuffer> } : {}),
    });
    const body = new Uint8Array(await answer.arrayBuffer());
    return readAnswer(transmission, peer, { status: answer.status, pairs: pairsOf([...answer.headers].flat()), body });
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
}

function unknown(reason: string): Outcome {
  return { how: "unknown", reason };
}

function spoiledText(text: string, struck: readonly Fault[]): string {
  if (findStruck(struck, "malformed")) return text.slice(0, -3);
  return findStruck(struck, "oversize") ? text + " ".repeat(1_100_000) : text;
}
