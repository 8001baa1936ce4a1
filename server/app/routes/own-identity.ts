/** What a signed-in person sees and ends of its own identity: certificates, sessions, the role it works in. */

import { type Static, Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { actSignatureSchema } from "../../../formats/act-signature.ts";
import {
  endSessionById,
  findActor,
  judgeSelfTest,
  offerSelfTest,
  ownCertificates,
  type Session,
  sessionsOf,
  switchMembership,
} from "../../identity/index.ts";
import { machineClock, machineRandom } from "../../runtime/clock/clock.ts";
import { effectiveAt, loadLot, phaseOf } from "../../trade/transaction/index.ts";
import { sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { sessionCookie } from "../session-cookie.ts";

const selfTestBody = Type.Object(
  { membership: Type.String({ maxLength: 64 }), nonce: Type.String({ pattern: "^[0-9a-f]{64}$" }), sig: actSignatureSchema },
  { additionalProperties: false },
);

/** Only for whoever is signed in. */
const own =
  <Result>(work: (request: FastifyRequest, session: Session, reply: FastifyReply) => Promise<Result>) =>
  async (request: FastifyRequest, reply: FastifyReply) =>
    request.session
      ? work(request, request.session, reply)
      : sendProblem(reply, 401, { code: "auth.required", title: "请先登录。", detail: "Sign in first." });

export function ownIdentityRoutes(api: FastifyInstance, house: TradingHouse): void {
  selfTestRoutes(api, house);
  api.get(
    "/me/certificates",
    own(async (request, { personId }) => {
      const openingAt = await plannedOpening(house, (request.query as { lotId?: string }).lotId);
      return { items: await ownCertificates(house.pool, personId, { now: house.clock.now(), openingAt }) };
    }),
  );
  api.get(
    "/me/sessions",
    own(async (_, session) => {
      const items = await sessionsOf(house.pool, session.personId, machineClock.now());
      return {
        items: items.map(({ id, means, membership, openedMs, seenMs }) => ({
          id,
          means,
          membership,
          openedMs,
          seenMs,
          current: id === session.id,
        })),
      };
    }),
  );
  api.delete(
    "/me/sessions/:id",
    own(async (request, { personId }, reply) => {
      const ended = await endSessionById(house.pool, {
        personId,
        id: (request.params as { id: string }).id,
        machineNow: machineClock.now(),
      });
      return ended
        ? reply.status(204).send()
        : sendProblem(reply, 404, { code: "object.unknown", title: "没有这个会话。", detail: "There is no such session of yours." });
    }),
  );
  api.post(
    "/me/membership",
    { schema: { body: Type.Object({ membership: Type.String({ maxLength: 64 }) }, { additionalProperties: false }) } },
    own(async (request, session, reply) => {
      const { membership } = request.body as { membership: string };
      if (!(await findActor(house.pool, session.personId, membership, house.clock.now()))) {
        return sendProblem(reply, 403, {
          code: "act.not-your-role",
          title: "这不是您现在的身份。",
          detail: "This is not a membership of yours.",
        });
      }
      const token = await switchMembership(house.pool, {
        token: request.token as string,
        session,
        membership,
        machineNow: machineClock.now(),
        random: machineRandom,
      });
      return reply.header("Set-Cookie", sessionCookie(token)).send({ token, membership });
    }),
  );
}

function selfTestRoutes(api: FastifyInstance, house: TradingHouse): void {
  api.post(
    "/me/self-test/challenges",
    own(async (_, { personId }) => offerSelfTest(house.pool, { personId, machineNow: machineClock.now(), random: machineRandom })),
  );
  api.post(
    "/me/self-test",
    { schema: { body: selfTestBody } },
    own(async (request, { personId }, reply) => {
      const { membership, nonce, sig } = request.body as Static<typeof selfTestBody>;
      const actor = await findActor(house.pool, personId, membership, house.clock.now());
      const moment = { machineNow: machineClock.now(), now: house.clock.now() };
      const result = actor && (await judgeSelfTest(house.pool, house.certificates, { actor, nonce, sig, ...moment }));
      return (
        result ??
        sendProblem(reply, 422, {
          code: "auth.self-test-over",
          title: "自检已过期，请重新开始。",
          detail: "The self-test is over; begin anew.",
        })
      );
    }),
  );
}

/** Only of a lot that is published: a draft's dates are not told. */
async function plannedOpening(house: TradingHouse, lotId: string | undefined): Promise<number | undefined> {
  const lot = lotId === undefined ? undefined : await loadLot(house.pool, lotId);
  return lot && phaseOf(lot) !== "draft" ? effectiveAt(lot, "bidDeadline") : undefined;
}
