/**
 * One attempt to send: builds the signed request and reads the signed answer. No sockets here; whoever owns
 * the connection (platform client, simulator outbox) passes the bytes through.
 *
 * Must never count an answer that is not signed by the peer: the outcome is then *unknown* (conventions.md §2, §5.4).
 */
import { fromUtf8, hex } from "../bytes.ts";
import type { Peer, SigningKey } from "./peer.ts";
import type { RandomBytes } from "./personal-field.ts";
import { isProblem, type Problem } from "./problem.ts";
import { type HeaderPairs, isAnswerTo, signRequest, type Unsigned } from "./signed-message.ts";

export interface Sender {
  readonly system: string;
  readonly key: SigningKey;
  readonly machineNow: () => number;
  readonly random: RandomBytes;
}

export interface Transmission {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
  readonly asked: Unsigned;
}

export type Outcome =
  | { readonly how: "answered"; readonly status: number; readonly body: unknown; readonly bytes: Uint8Array }
  | { readonly how: "refused"; readonly problem: Problem }
  | { readonly how: "unknown"; readonly reason: string };

/** @param what `id` is the message id for POST, a fresh id for GET; time and nonce are new for every attempt. */
export function transmissionTo(
  peer: Peer,
  sender: Sender,
  what: { method: "GET" | "POST"; target: string; id: string; body?: Uint8Array },
): Transmission {
  const body = what.body ?? new Uint8Array(0);
  const asked: Unsigned = {
    id: what.id,
    from: sender.system,
    to: peer.system,
    time: new Date(sender.machineNow()).toISOString(),
    nonce: hex(sender.random(16)),
  };
  const base = new URL(peer.baseUrl);
  const target = `${base.pathname.replace(/\/$/, "")}${what.target}`;
  const headers = signRequest(sender.key, { method: what.method, target }, asked, body);
  if (what.method === "POST") headers["Content-Type"] = "application/json; charset=utf-8";
  return { url: `${base.origin}${target}`, method: what.method, headers, body, asked };
}

export function readAnswer(
  transmission: Transmission,
  peer: Peer,
  answer: { status: number; pairs: HeaderPairs; body: Uint8Array },
): Outcome {
  if (!isAnswerTo(transmission.asked, peer, answer)) return { how: "unknown", reason: "the answer is not signed by the peer" };
  const isJson =
    (answer.pairs.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "").match(/^application\/(problem\+)?json(;|$)/) !== null;
  let body: unknown;
  try {
    body = isJson ? JSON.parse(fromUtf8(answer.body)) : undefined;
  } catch {
    return { how: "unknown", reason: "the answer is not JSON" };
  }
  if (answer.status < 400) return { how: "answered", status: answer.status, body, bytes: answer.body };
  return isProblem(body) ? { how: "refused", problem: body } : { how: "unknown", reason: `status ${answer.status} without a problem` };
}

/** §6: 1 s, doubling to 10 min, jitter ±20 %. @param chance 0 ≤ chance < 256, one random byte. */
export function retryDelayMs(attempt: number, chance: number): number {
  const base = Math.min(1_000 * 2 ** Math.min(attempt - 1, 20), 600_000);
  return Math.round((base * (80 + (chance * 40) / 255)) / 100);
}

/** §6: what may be sent again by itself. Other 4xx never. An unknown outcome of an order asks first (§5.4). */
export function mayRetry(outcome: Outcome): boolean {
  if (outcome.how === "unknown") return true;
  if (outcome.how === "answered") return false;
  const { status } = outcome.problem;
  return status === 408 || status === 425 || status === 429 || status >= 500;
}
