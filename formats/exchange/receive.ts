/**
 * How a system receives a signed request: the checks of conventions.md §2 in the demanded order
 * (header shape, Msg-To, key, time, signature, nonce, body), and the signed answer to it.
 * Pure: clock, peers and the memory of nonces are passed in.
 */
import { hex, utf8 } from "../bytes.ts";
import { parseIJson } from "../i-json.ts";
import { sha256 } from "../jcs.ts";
import { type BodySchemas, type Envelope, envelopeFault } from "./envelope.ts";
import { type Environment, findPeerKey, type Peer, type SigningKey } from "./peer.ts";
import { type Problem, type ProblemCode, problemOf } from "./problem.ts";
import { type HeaderPairs, isSignedBy, type MessageHeaders, readHeaders, requestText, signAnswer } from "./signed-message.ts";

export const skewMsMax = 300_000;
export const nonceKeptMs = 600_000;
export const bodyBytesMax = 1_048_576;

export interface ReceivedRequest {
  readonly method: string;
  readonly target: string;
  readonly pairs: HeaderPairs;
  readonly body: Uint8Array;
}

export interface Receiver {
  readonly system: string;
  readonly environment: Environment;
  readonly key: SigningKey;
  readonly findPeer: (system: string) => Peer | undefined;
  readonly nonces: NonceMemory;
  /** The *real* clock in milliseconds: skew is measured on it, also in an accelerated sandbox. */
  readonly machineNow: () => number;
}

export type Verified =
  | { readonly ok: true; readonly head: MessageHeaders; readonly peer: Peer }
  | { readonly ok: false; readonly problem: Problem; readonly head?: MessageHeaders };

/** Remembers nonces for 600 s per sender (§2). In memory: after a restart the skew check still bounds a replay, and §5 makes it harmless. */
export class NonceMemory {
  readonly #seen = new Map<string, number>();
  #sweptAt = 0;

  /** False when this sender used the nonce within the last 600 s. */
  note(from: string, nonce: string, nowMs: number): boolean {
    this.#sweep(nowMs);
    const key = `${from} ${nonce}`;
    const until = this.#seen.get(key);
    if (until !== undefined && until > nowMs) return false;
    this.#seen.set(key, nowMs + nonceKeptMs);
    return true;
  }

  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptAt < 60_000) return;
    this.#sweptAt = nowMs;
    for (const [key, until] of this.#seen) if (until <= nowMs) this.#seen.delete(key);
  }
}

/** Everything but the body: who sent it, to whom, when, and that it was really them. */
export function verifyRequest(request: ReceivedRequest, receiver: Receiver): Verified {
  const head = readHeaders(request.pairs);
  const trace = hex(sha256(request.body)).slice(0, 16);
  const refuse = (code: ProblemCode, detail?: string): Verified => ({
    ok: false,
    problem: problemOf(code, trace, detail === undefined ? {} : { detail }),
    ...(head ? { head } : {}),
  });
  if (head === undefined) return refuse("header.invalid");
  if (head.to !== receiver.system) return refuse("peer.not-allowed", "Msg-To names another system");
  const peer = receiver.findPeer(head.from);
  if (peer === undefined) return refuse("peer.not-allowed");
  if (peer.environment !== receiver.environment) return refuse("env.mismatch");
  const key = findPeerKey(peer, head.kid);
  if (key === undefined) return refuse("sign.unknown-key");
  const now = receiver.machineNow();
  const stamp = new Date(now).toISOString();
  if (stamp < key.notBefore || stamp > key.notAfter) return refuse("sign.key-expired");
  const sentAt = Date.parse(head.time);
  if (Number.isNaN(sentAt) || Math.abs(sentAt - now) > skewMsMax) return refuse("sign.time-skew");
  if (!isSignedBy(peer, head, requestText(request, head, request.body))) return refuse("sign.invalid");
  if (!receiver.nonces.note(head.from, head.nonce, now)) return refuse("sign.nonce-used");
  return { ok: true, head, peer };
}

export type ReadEnvelope = { readonly ok: true; readonly envelope: Envelope } | { readonly ok: false; readonly problem: Problem };

/** The body as an envelope of a known type. §2: the body comes last. */
export function readEnvelope(
  request: ReceivedRequest,
  verified: { head: MessageHeaders; peer: Peer },
  about: { schemas: BodySchemas; isAsk: boolean },
): ReadEnvelope {
  const refuse = (code: ProblemCode, more: { detail?: string; pointer?: string } = {}): ReadEnvelope => ({
    ok: false,
    problem: problemOf(code, verified.head.id, more),
  });
  if (request.body.length > bodyBytesMax) return refuse("body.too-large");
  const contentType = request.pairs.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(contentType)) return refuse("body.type");
  let value: unknown;
  try {
    value = parseIJson(request.body);
  } catch (error) {
    return refuse("json.invalid", { detail: (error as Error).message });
  }
  const pointer = envelopeFault(value, about.schemas, about.isAsk);
  if (pointer !== undefined) return refuse("schema.invalid", { pointer });
  const envelope = value as Envelope;
  if (envelope.id !== verified.head.id) return refuse("schema.invalid", { pointer: "/id" });
  if (envelope.system === "simulator" && verified.peer.environment === "production") return refuse("env.mismatch");
  return { ok: true, envelope };
}

/** What §5 says about a message that is perhaps known already. */
export function judgeRepeat(known: { bodySha256: string } | undefined, body: Uint8Array): "new" | "repeat" | "reused" {
  if (known === undefined) return "new";
  return known.bodySha256 === hex(sha256(body)) ? "repeat" : "reused";
}

/** §6: seq counts 1, 2, 3 … per (sender, object). */
export function judgeOrder(nextSeq: number, seq: number): "apply" | "past" | "keep" | "gapTooLarge" {
  if (seq === nextSeq) return "apply";
  if (seq < nextSeq) return "past";
  return seq - nextSeq > 1_000 ? "gapTooLarge" : "keep";
}

export interface SignedAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** An answer, signed; to a request without readable headers it can only be addressed to nobody and stays unsigned. */
export function answerTo(
  request: { head?: MessageHeaders },
  receiver: Receiver,
  answer: { status: number; body: unknown; contentType?: string },
): SignedAnswer {
  const body = answer.body instanceof Uint8Array ? answer.body : utf8(JSON.stringify(answer.body));
  const contentType = answer.contentType ?? (answer.status >= 400 ? "application/problem+json" : "application/json; charset=utf-8");
  const plain = { "Content-Type": contentType };
  if (request.head === undefined) return { status: answer.status, headers: plain, body };
  const head = {
    from: receiver.system,
    to: request.head.from,
    id: request.head.id,
    nonce: request.head.nonce,
    time: new Date(receiver.machineNow()).toISOString(),
  };
  return { status: answer.status, headers: { ...plain, ...signAnswer(receiver.key, answer.status, head, body) }, body };
}
