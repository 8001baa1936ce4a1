/**
 * The one way in which the portal speaks to the interface `/api/v1`, the same that third parties use.
 * Every answer sets the server clock; every command carries an Idempotency-Key, so that a repeated click counts
 * once. Never decides anything about the law: it only carries the server's answer.
 */
import { currentMembership } from "./membership.ts";
import { FaultError, type Refusal, RefusedError } from "./refusal.ts";
import { noteServerTime } from "./server-clock.ts";

const base = "/api/v1";

function headersOf(more: Readonly<Record<string, string>>): Record<string, string> {
  const membership = currentMembership();
  return membership ? { "egret-membership": membership, ...more } : { ...more };
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get("content-type") ?? "";
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
  return request(path, { method: "GET", headers: headersOf({}), ...(signal ? { signal } : {}) }) as Promise<T>;
}

/** Reads a resource that may be absent or hidden; the two look alike, and both are undefined. */
export async function find<T>(path: string, signal?: AbortSignal): Promise<T | undefined> {
  try {
    return await read<T>(path, signal);
  } catch (error) {
    if (error instanceof RefusedError && [401, 403, 404].includes(error.refusal.status)) return undefined;
    throw error;
  }
}

/** Sends a JSON body; with the same key the answer is the same however often it is sent. */
export function send<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: { readonly json: unknown; readonly idempotencyKey?: string },
): Promise<T> {
  const more: Record<string, string> = body ? { "content-type": "application/json" } : {};
  if (body?.idempotencyKey) more["idempotency-key"] = body.idempotencyKey;
  return request(path, { method, headers: headersOf(more), ...(body ? { body: JSON.stringify(body.json) } : {}) }) as Promise<T>;
}

/** Puts bytes at an address of their own; repeating it is harmless. */
export function putBytes<T>(path: string, bytes: BodyInit, signal?: AbortSignal): Promise<T> {
  return request(path, {
    method: "PUT",
    headers: headersOf({ "content-type": "application/octet-stream" }),
    body: bytes,
    ...(signal ? { signal } : {}),
  }) as Promise<T>;
}

/** Full address of a path of the interface, for downloads. */
export const addressOf = (path: string): string => base + path;

/** Opens a stream of the interface with the reader's standing. */
export function openStream(path: string, lastId: string | undefined, signal: AbortSignal): Promise<Response> {
  const more: Record<string, string> = { accept: "text/event-stream" };
  if (lastId !== undefined) more["last-event-id"] = lastId;
  return fetch(base + path, { credentials: "same-origin", headers: headersOf(more), signal });
}
