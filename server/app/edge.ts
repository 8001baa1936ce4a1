/** What every route of the edge shares: the reader behind a request, and the one shape of a problem. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { findActor } from "../identity/index.ts";
import type { TradingHouse } from "./house.ts";

/** The membership in which the person reads: header `Egret-Membership`. */
export async function readerOf(house: TradingHouse, request: FastifyRequest) {
  const membership = request.headers["egret-membership"];
  if (!request.personId || typeof membership !== "string") return undefined;
  return findActor(house.pool, request.personId, membership, house.clock.now());
}

/**
 * The origin at which this request was made, as the browser's address bar shows it. In production it is the configured
 * one; a sandbox answers on names of this machine only, so that no other page's name is ever signed.
 */
export function originOf(request: FastifyRequest, configured: string | undefined): string | undefined {
  if (configured !== undefined) return new URL(configured).host === request.host ? configured : undefined;
  return /^(?:localhost|127\.0\.0\.1|[a-z]+\.localhost)(?::\d+)?$/.test(request.host) ? `http://${request.host}` : undefined;
}

/** No text of ours has a NUL, and the database takes none: refused at the door, wherever in a body it stands. */
export function hasNulEscape(body: Uint8Array | string): boolean {
  return (typeof body === "string" ? body : Buffer.from(body).toString("latin1")).includes("\\u0000");
}

export function nulRefused(): Error {
  return Object.assign(new Error("a text with a NUL"), { statusCode: 400 });
}

export function sendUnknownSession(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, 401, { code: "auth.required", title: "请先登录。", detail: "Sign in first." });
}

export function sendProblem(reply: FastifyReply, status: number, problem: Record<string, unknown>): FastifyReply {
  return reply
    .status(status)
    .type("application/problem+json")
    .send({ ...problem, status, traceId: reply.request.id });
}
