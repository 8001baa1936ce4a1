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

export function sendProblem(reply: FastifyReply, status: number, problem: Record<string, unknown>): FastifyReply {
  return reply.status(status).type("application/problem+json").send({ ...problem, status, traceId: reply.request.id });
}
