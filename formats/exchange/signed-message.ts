/**
 * The signed transmission of conventions.md §2: what text is signed, which headers carry it, and how an
 * answer proves whose it is. Used by the platform and by every simulator, each with its own key.
 *
 * Must never sign or accept a header that stands twice; must never treat an unsigned answer as an answer.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { fromHex, hex, utf8 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { findPeerKey, type Peer, publicBytes, type SigningKey } from "./peer.ts";

/** Header pairs in the order of the wire, doubled ones still visible. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export interface MessageHeaders {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly time: string;
  readonly nonce: string;
  readonly kid: string;
  readonly sig: string;
}

export type Unsigned = Omit<MessageHeaders, "kid" | "sig">;

export interface RequestLine {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly target: string;
}

const names = {
  id: "msg-id",
  from: "msg-from",
  to: "msg-to",
  time: "msg-time",
  nonce: "msg-nonce",
  kid: "msg-kid",
  sig: "msg-sig",
} as const;
const shapes: Record<keyof MessageHeaders, RegExp> = {
  id: /^[A-Za-z0-9._/-]{1,64}$/,
  from: /^[a-z][a-z0-9-]{1,31}$/,
  to: /^[a-z][a-z0-9-]{1,31}$/,
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  nonce: /^[0-9a-f]{32}$/,
  kid: /^[A-Za-z0-9._/-]{1,64}$/,
  sig: /^[0-9a-f]{128}$/,
};

/** §2: every line of the signed text ends with a line feed. */
export function requestText(line: RequestLine, head: Unsigned, body: Uint8Array): string {
  const lines = ["egret-msg/v1", line.method, line.target, head.from, head.to, head.id, head.time, head.nonce, hex(sha256(body))];
  return lines.map((part) => `${part}\n`).join("");
}

export function answerText(status: number, head: Unsigned, body: Uint8Array): string {
  const lines = ["egret-msg/v1 answer", String(status), head.from, head.to, head.id, head.nonce, head.time, hex(sha256(body))];
  return lines.map((part) => `${part}\n`).join("");
}

export function signRequest(key: SigningKey, line: RequestLine, head: Unsigned, body: Uint8Array): Record<string, string> {
  return headersOf({ ...head, kid: key.kid, sig: signText(key, requestText(line, head, body)) });
}

/** @param head `id` and `nonce` are those of the request (echoed); `from` is the answering system. */
export function signAnswer(key: SigningKey, status: number, head: Unsigned, body: Uint8Array): Record<string, string> {
  return headersOf({ ...head, kid: key.kid, sig: signText(key, answerText(status, head, body)) });
}

/** The seven headers, or undefined when one is missing, doubled or misshapen. */
export function readHeaders(pairs: HeaderPairs): MessageHeaders | undefined {
  const read: Partial<Record<keyof MessageHeaders, string>> = {};
  for (const field of Object.keys(names) as (keyof MessageHeaders)[]) {
    const values = pairs.filter(([name]) => name.toLowerCase() === names[field]);
    const value = values.length === 1 ? values[0]?.[1] : undefined;
    if (value === undefined || !shapes[field].test(value)) return undefined;
    read[field] = value;
  }
  return read as MessageHeaders;
}

export function isSignedBy(peer: Peer, head: MessageHeaders, text: string): boolean {
  const key = findPeerKey(peer, head.kid);
  if (key === undefined) return false;
  try {
    return ed25519.verify(fromHex(head.sig), utf8(text), publicBytes(key));
  } catch {
    return false;
  }
}

/**
 * Whether an answer counts (§2: an unsigned or wrongly signed answer is *no answer*, outcome unknown).
 * @param asked the headers of our request.
 */
export function isAnswerTo(asked: Unsigned, peer: Peer, answer: { status: number; pairs: HeaderPairs; body: Uint8Array }): boolean {
  const head = readHeaders(answer.pairs);
  if (head === undefined) return false;
  if (head.id !== asked.id || head.nonce !== asked.nonce || head.from !== asked.to || head.to !== asked.from) return false;
  const key = findPeerKey(peer, head.kid);
  if (key === undefined || head.time < key.notBefore || head.time > key.notAfter) return false;
  return isSignedBy(peer, head, answerText(answer.status, head, answer.body));
}

/** Node gives raw headers as a flat list; this keeps doubled ones apart. */
export function pairsOf(rawHeaders: readonly string[]): HeaderPairs {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  return pairs;
}

function headersOf(head: MessageHeaders): Record<string, string> {
  return {
    "Msg-Id": head.id,
    "Msg-From": head.from,
    "Msg-To": head.to,
    "Msg-Time": head.time,
    "Msg-Nonce": head.nonce,
    "Msg-Kid": head.kid,
    "Msg-Sig": head.sig,
  };
}

function signText(key: SigningKey, text: string): string {
  return hex(ed25519.sign(utf8(text), key.secret));
}
