/**
 * The platform's voice towards outside systems (conventions.md): one signed attempt at a time, and the rule for
 * what an attempt without an answer means. What is to be sent, and how often, stands in the durable outbox of the
 * caller; nothing is remembered here.
 *
 * Must never knock at a control door of a simulator, follow a redirect, or take an unsigned answer for an answer.
 */
import { hex, utf8 } from "../../formats/bytes.ts";
import {
  decryptPersonal,
  type Envelope,
  encryptPersonal,
  mayRetry,
  type Outcome,
  type Peer,
  type Problem,
  pairsOf,
  type ReconciliationFile,
  readAnswer,
  readFile,
  type SigningKey,
  type Transmission,
  transmissionTo,
} from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Clock, Random } from "../kernel/index.ts";

export interface ExchangeClientOptions {
  /** Our system code, `egret`. */
  readonly system: string;
  readonly key: SigningKey;
  /** P-256 secret to which personal fields for us are encrypted. */
  readonly fieldSecret: Uint8Array;
  readonly peers: readonly Peer[];
  /** Real time: skew and signatures are measured on it, also in an accelerated sandbox. */
  readonly machineClock: Clock;
  readonly random: Random;
}

/** A message without its transmission: `id`, `createdAt`, `body` never change between attempts. */
export interface OutgoingMessage {
  readonly to: string;
  readonly envelope: Envelope & { readonly object: string; readonly seq: number };
}

export type Delivery =
  | { readonly how: "delivered" }
  /** The peer has the order already; `state` and `lastResult` are what it says of it. */
  | { readonly how: "known"; readonly state: string; readonly lastResult?: Envelope }
  | { readonly how: "retry"; readonly reason: string }
  | { readonly how: "parked"; readonly problem: Problem };

const answerMsMax = 10_000;

export class ExchangeClient {
  readonly #options: ExchangeClientOptions;

  constructor(options: ExchangeClientOptions) {
    this.#options = options;
  }

  findPeer(system: string): Peer | undefined {
    return this.#options.peers.find((peer) => peer.system === system);
  }

  /**
   * One attempt to deliver. After an earlier attempt without an answer the peer is asked first whether it knows the
   * order, and only a signed "unknown" lets the same message go again (conventions.md §5.4).
   * @param mayRepeat true when 60 s have passed since that attempt.
   */
  async deliver(message: OutgoingMessage, earlier: "none" | "unanswered", mayRepeat = true): Promise<Delivery> {
    if (this.findPeer(message.to) === undefined) return { how: "retry", reason: `${message.to} is no peer yet` };
    if (earlier === "unanswered") {
      const known = await this.objectState(message.to, message.envelope.object);
      if (known.how === "unknown") return { how: "retry", reason: known.reason };
      if (known.how === "refused" && known.problem.code !== "order.unknown") return { how: "parked", problem: known.problem };
      // An object may have several messages of ours (a need has many summons): it is known by its first one only.
      // For a later one the same id goes again, which has one effect at most (§5.1).
      const isFirst = known.how === "answered" && (known.body as KnownObject).firstMessageId === message.envelope.id;
      if (isFirst) return knownFrom(known.body as KnownObject);
      if (known.how === "refused" && !mayRepeat) return { how: "retry", reason: "60 s have not passed since the attempt" };
    }
    const outcome = await this.#transmit(message.to, {
      method: "POST",
      target: "/v1/messages",
      id: message.envelope.id,
      body: utf8(JSON.stringify(message.envelope)),
    });
    if (outcome.how === "answered") return { how: "delivered" };
    if (outcome.how === "unknown") return { how: "retry", reason: outcome.reason };
    return mayRetry(outcome) ? { how: "retry", reason: outcome.problem.code } : { how: "parked", problem: outcome.problem };
  }

  /** A question without effect; it may be repeated freely. @throws Error when there is no good answer. */
  async ask(to: string, type: string, body: object): Promise<Record<string, unknown>> {
    const id = `q-${hex(this.#options.random.bytes(12))}`;
    const at = new Date(this.#options.machineClock.now()).toISOString();
    const envelope = { v: 1, schema: "1.0", type, id, createdAt: at, occurredAt: at, body };
    const outcome = await this.#transmit(to, { method: "POST", target: "/v1/asks", id, body: utf8(JSON.stringify(envelope)) });
    return (answered(outcome, type).body as Envelope).body;
  }

  /** What the peer says of an order of ours. @param object kind and our id, as in `order/ord_…`. */
  objectState(to: string, object: string): Promise<Outcome> {
    return this.#get(to, `/v1/objects/${object.split("/").map(encodeURIComponent).join("/")}`);
  }

  /** Messages of the peer about an object that we miss (conventions.md §6). */
  async missedMessages(to: string, object: string, fromSeq: number): Promise<Envelope[]> {
    const outcome = await this.#get(to, `/v1/messages?object=${encodeURIComponent(object)}&fromSeq=${fromSeq}&limit=500`);
    return (answered(outcome, "messages").body as { messages: Envelope[] }).messages;
  }

  async listFiles(to: string, kind: string, day: string): Promise<{ fileId: string; version: number; sha256: string }[]> {
    const outcome = await this.#get(to, `/v1/files?kind=${encodeURIComponent(kind)}&day=${day}`);
    return answered(outcome, "files").body as { fileId: string; version: number; sha256: string }[];
  }

  /** A file, whole or not at all: hash of the list, last line, count, sum and hash of the file must agree. */
  async fetchFile(
    to: string,
    listed: { fileId: string; sha256: string },
  ): Promise<ReconciliationFile | { refused: "file.partial"; reason: string }> {
    const { bytes } = answered(await this.#get(to, `/v1/files/${encodeURIComponent(listed.fileId)}`), "file");
    if (hex(sha256(bytes)) !== listed.sha256) return { refused: "file.partial", reason: "not the listed bytes" };
    return readFile(bytes);
  }

  /** @throws Error when the peer has no field key. */
  sealPersonal(to: string, text: string): string {
    const fieldKey = this.findPeer(to)?.fieldKey;
    if (fieldKey === undefined) throw new Error(`${to} has no field key`);
    return encryptPersonal(text, fieldKey, (length) => this.#options.random.bytes(length));
  }

  openPersonal(field: string): string {
    return decryptPersonal(field, this.#options.fieldSecret);
  }

  #get(to: string, target: string): Promise<Outcome> {
    return this.#transmit(to, { method: "GET", target, id: `g-${hex(this.#options.random.bytes(12))}` });
  }

  async #transmit(to: string, what: Parameters<typeof transmissionTo>[2]): Promise<Outcome> {
    const peer = this.findPeer(to);
    if (peer === undefined) throw new Error(`${to} is no peer`);
    const { system, key, machineClock, random } = this.#options;
    return fetched(
      transmissionTo(peer, { system, key, machineNow: () => machineClock.now(), random: (length) => random.bytes(length) }, what),
      peer,
    );
  }
}

interface KnownObject {
  readonly state: string;
  readonly firstMessageId: string;
  readonly lastResult?: Envelope;
}

function knownFrom({ state, lastResult }: KnownObject): Delivery {
  return { how: "known", state, ...(lastResult === undefined ? {} : { lastResult }) };
}

async function fetched(transmission: Transmission, peer: Peer): Promise<Outcome> {
  const { url, method, headers, body } = transmission;
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(answerMsMax),
      ...(method === "POST" ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return readAnswer(transmission, peer, { status: answer.status, pairs: pairsOf([...answer.headers].flat()), body: bytes });
  } catch (error) {
    return { how: "unknown", reason: error instanceof Error ? error.message : String(error) };
  }
}

function answered(outcome: Outcome, what: string): Extract<Outcome, { how: "answered" }> {
  if (outcome.how === "answered") return outcome;
  throw new Error(`${what}: ${outcome.how === "refused" ? outcome.problem.code : outcome.reason}`);
}
