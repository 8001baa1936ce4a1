/** Who am I, in which memberships; server time; health. */
import type { FastifyInstance } from "fastify";
import { endSession, membershipsOf, namesOf } from "../../identity/index.ts";
import { sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { endedCookie } from "../session-cookie.ts";

export function sessionRoutes(api: FastifyInstance, house: TradingHouse, signOut: (personId: string) => Promise<unknown>): void {
  api.get("/health", async () => {
    await house.pool.query("SELECT 1");
    return { ok: true };
  });
  api.get("/time", async () => ({
    now: new Date(house.clock.now()).toISOString(),
    tempo: house.clock.tempo ?? 1,
    sandbox: house.platform.sandbox,
  }));
  api.get("/me", async (request, reply) => {
    if (!request.personId) return sendProblem(reply, 401, { code: "auth.required", title: "请先登录。", detail: "Sign in first." });
    const details = (await namesOf(house.pool, [request.personId])).get(request.personId);
    return {
      personId: request.personId,
      name: details?.name ?? "",
      title: details?.title ?? "",
      memberships: await membershipsOf(house.pool, request.personId, house.clock.now()),
    };
  });
  api.delete("/session", async (request, reply) => {
    if (request.token) await endSession(house.pool, request.token);
    // One sign-out for the whole network: connected systems are told; one that is silent does not keep the person here.
    if (request.personId) await signOut(request.personId);
    return reply.header("Set-Cookie", endedCookie).header("Clear-Site-Data", '"cache"').status(204).send();
  });
}
