/**
 * The closed list of exchange errors (conventions.md §8) as problem+json (RFC 9457).
 * `retry` tells the sender what it may do; nothing else may be read into a status.
 */
export type Retry = "never" | "same" | "later" | "query";

const table = {
  "json.invalid": [400, "never", "The body is not I-JSON."],
  "header.invalid": [400, "never", "A message header is missing, doubled or malformed."],
  "sign.invalid": [401, "same", "The signature does not verify."],
  "sign.unknown-key": [401, "same", "The key is not in the peer file."],
  "sign.key-expired": [401, "same", "The key is not valid at this time."],
  "sign.time-skew": [401, "same", "Msg-Time differs by more than 300 s from the receiver's clock."],
  "sign.nonce-used": [401, "same", "The nonce was used before."],
  "peer.not-allowed": [403, "never", "The sender is not a peer of this system."],
  "peer.suspended": [403, "never", "The peer is suspended."],
  "scope.missing": [403, "never", "The peer may not send this type."],
  "order.unknown": [404, "query", "No such order of yours is known."],
  "object.unknown": [404, "query", "No such object is known."],
  "order.conflict": [409, "query", "The business id is known with other content."],
  "state.conflict": [409, "query", "The object is in another state."],
  "file.expired": [410, "never", "The file is no longer kept."],
  "body.too-large": [413, "never", "The body is larger than 1 MiB."],
  "body.type": [415, "never", "The content type is not application/json."],
  "schema.invalid": [422, "never", "The body does not have the declared shape."],
  "msg.id-reused": [422, "never", "The message id was used for another body."],
  "value.check-digit": [422, "never", "A check digit is wrong."],
  "env.mismatch": [422, "never", "Sandbox and production do not mix."],
  "order.on-hold": [423, "later", "The order is on hold."],
  "seq.gap-too-large": [425, "later", "More than 1,000 messages are missing before this one."],
  "quota.exceeded": [429, "later", "Too many requests."],
  fault: [500, "query", "A fault; no effect is promised either way."],
  "service.unavailable": [503, "later", "The service is not available."],
} as const satisfies Record<string, readonly [number, Retry, string]>;

export type ProblemCode = keyof typeof table;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly pointer?: string;
  readonly ruleId?: string;
  readonly article?: string;
  readonly traceId: string;
  readonly retry: Retry;
}

/** @param about `detail` is for engineers; it must hold no personal field and no sum. */
export function problemOf(code: ProblemCode, traceId: string, about: { detail?: string; pointer?: string } = {}): Problem {
  const [status, retry, title] = table[code];
  return { type: `urn:egret:problem:${code}`, title, status, code, ...about, traceId, retry };
}

export function isProblem(value: unknown): value is Problem {
  const problem = value as Problem | null;
  return (
    typeof problem === "object" &&
    problem !== null &&
    typeof problem.code === "string" &&
    problem.code in table &&
    typeof problem.retry === "string"
  );
}
