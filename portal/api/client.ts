/**
 * The one way in which the portal speaks to the interface `/api/v1`, the same that third parties use.
 * Every answer sets the server clock; every write carries an Idempotency-Key, so that a repeated click counts
 * once. Never decides anything about the law: it only carries the server's answer.
 */
import { FaultError, RefusedError, type Refusal } from "./refusal.ts";
import { noteServerTime } from "./server-clock.ts";

const base = "/api/v1";

async function answerOf(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  if (response.status === 204) return undefined;
  return type.includes("json") ? response.json() : response.text();
}

async function request(path: string, init: RequestInit): Promise<unknown> {
  const sentAt = performance.now();
  let response: Response;
  try {
    response = await fetch(base + path, { credentials: "same-origin", ...init });
  } catch (cause) {
    throw new FaultError(cause instanceof Error ? cause.message : String(cause));
  }
  const date = response.headers.get("date-ms");
  if (date) noteServerTime(Number(date), performance.now() - sentAt);
  const body = await answerOf(response);
  if (response.ok) return body;
  const problem = (typeof body === "object" && body !== null ? body : {}) as Partial<Refusal>;
  if (response.status >= 500) throw new FaultError(problem.title ?? "", problem.traceId);
  throw new RefusedError({ code: "unknown", ...problem, status: response.status });
}

/** Reads a resource. */
export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request(path, { method: "GET", ...(signal ? { signal } : {}) }) as Promise<T>;
}

/** Posts a JSON body; the same key gives the same answer however often it is sent. */
export function post<T>(path: string, body: unknown, idempotencyKey: string = crypto.randomUUID()): Promise<T> {
  return request(path, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
    body: JSON.stringify(body),
  }) as Promise<T>;
}

/** Puts bytes at an address of their own; repeating it is harmless. */
export function putBytes<T>(path: string, bytes: BodyInit): Promise<T> {
  return request(path, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: bytes,
  }) as Promise<T>;
}

/** Full address of a path of the interface, for downloads and event streams. */
export const addressOf = (path: string): string => base + path;
