/**
 * The factors of a signed-in person: passkeys, password, approval of a sign-in by phone. Whoever changes a factor must
 * have come in by a cryptographic one: a password alone never makes a stronger way in.
 */
import { Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  approveByPhone,
  askedOf,
  namesOf,
  offerRegistration,
  passkeysOf,
  registerPasskey,
  removePasskey,
  type Session,
  setPassword,
} from "../../identity/index.ts";
import { isRefusal } from "../../kernel/index.ts";
import { machineClock, machineRandom } from "../../runtime/clock/clock.ts";
import { problemOf } from "../../trade/transaction/index.ts";
import { originOf, sendProblem, sendUnknownSession } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { siteOf } from "./sign-in.ts";

type Work = (request: FastifyRequest, place: { session: Session; origin: string }, reply: FastifyReply) => Promise<unknown>;

const strong = new Set(["certificate", "passkey", "sandbox"]);

/** Makes a handler that only a person with a cryptographic sign-in reaches. */
type Own = (work: Work) => (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

export function ownFactorRoutes(api: FastifyInstance, house: TradingHouse, configured: string | undefined): void {
  const own: Own = (work) => async (request: FastifyRequest, reply: FastifyReply) => {
    const origin = originOf(request, configured);
    if (!request.session || !origin) return sendUnknownSession(reply);
    if (!strong.has(request.session.means))
      return sendProblem(reply, 403, {
        code: "auth.stronger-needed",
        title: "请先用证书或通行密钥登录。",
        detail: "Sign in by certificate or passkey first.",
      });
    return work(request, { session: request.session, origin }, reply);
  };
  ownPasskeys(api, house, own);
  ownPassword(api, house, own);
  ownPhone(api, house, own);
}

function ownPasskeys(api: FastifyInstance, { pool }: TradingHouse, own: Own): void {
  api.get(
    "/me/passkeys",
    own(async (_, { session }) => ({ items: await passkeysOf(pool, session.personId) })),
  );
  api.post(
    "/me/passkeys/challenges",
    own(async (_, { session, origin }) => {
      const name = (await namesOf(pool, [session.personId])).get(session.personId)?.name ?? session.personId;
      return offerRegistration(pool, siteOf(origin), {
        personId: session.personId,
        name,
        machineNow: machineClock.now(),
        random: machineRandom,
      });
    }),
  );
  api.post(
    "/me/passkeys",
    {
      schema: {
        body: Type.Object(
          { label: Type.String({ minLength: 1, maxLength: 40 }), response: Type.Unknown() },
          { additionalProperties: false },
        ),
      },
    },
    own(async (request, { session, origin }, reply) => {
      const { label, response } = request.body as { label: string; response: never };
      const id = await registerPasskey(pool, siteOf(origin), {
        personId: session.personId,
        label,
        response,
        machineNow: machineClock.now(),
      });
      return id
        ? { id }
        : sendProblem(reply, 422, { code: "auth.passkey-refused", title: "通行密钥未能登记。", detail: "The passkey was not registered." });
    }),
  );
  api.delete(
    "/me/passkeys/:id",
    own(async (request, { session }, reply) => {
      const removed = await removePasskey(pool, session.personId, (request.params as { id: string }).id);
      return removed
        ? reply.status(204).send()
        : sendProblem(reply, 404, { code: "object.unknown", title: "没有这个通行密钥。", detail: "There is no such passkey." });
    }),
  );
}

function ownPassword(api: FastifyInstance, { pool, clock }: TradingHouse, own: Own): void {
  api.put(
    "/me/password",
    {
      schema: {
        body: Type.Object(
          { login: Type.String({ pattern: "^[a-z][a-z0-9._-]{2,63}$" }), password: Type.String({ minLength: 1, maxLength: 128 }) },
          { additionalProperties: false },
        ),
      },
    },
    own(async (request, { session }, reply) => {
      const body = request.body as { login: string; password: string };
      const set = await setPassword(pool, { ...body, personId: session.personId, now: clock.now(), random: machineRandom });
      return isRefusal(set) ? sendProblem(reply, 422, problemOf(set, 422)) : set;
    }),
  );
}

function ownPhone(api: FastifyInstance, { pool }: TradingHouse, own: Own): void {
  api.get(
    "/me/phone-sign-ins/:id",
    own(async (request, _, reply) => {
      const asked = await askedOf(pool, (request.params as { id: string }).id, machineClock.now());
      return (
        asked ??
        sendProblem(reply, 404, { code: "object.unknown", title: "没有等待确认的登录。", detail: "No sign-in waits for approval." })
      );
    }),
  );
  api.post(
    "/me/phone-sign-ins/:id",
    { schema: { body: Type.Object({ digits: Type.String({ pattern: "^[0-9]{2}$" }) }, { additionalProperties: false }) } },
    own(async (request, { session }, reply) => {
      const { id } = request.params as { id: string };
      const approved = await approveByPhone(pool, {
        id,
        digits: (request.body as { digits: string }).digits,
        personId: session.personId,
        machineNow: machineClock.now(),
      });
      return approved
        ? reply.status(204).send()
        : sendProblem(reply, 422, {
            code: "auth.phone-refused",
            title: "登录未确认：数字不符或已过期。",
            detail: "Not approved: other digits, or over.",
          });
    }),
  );
}
