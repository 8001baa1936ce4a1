/**
 * The ways in: certificate, passkey, password with a second factor, phone. Each ends in the same session and the same
 * cookie; every failure is the same answer. None of them gives a right to sign: acts bring their own signature.
 */
import { Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ActSignature, actSignatureSchema } from "../../../formats/act-signature.ts";
import {
  askPhone,
  type Means,
  offerPasskey,
  offerSignIn,
  openSession,
  type Site,
  signInByCertificate,
  signInByPasskey,
  signInByPassword,
  signInByPhone,
} from "../../identity/index.ts";
import { machineClock, machineRandom } from "../../runtime/clock/clock.ts";
import { originOf, sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { sessionCookie } from "../session-cookie.ts";

const closed = <Members extends Parameters<typeof Type.Object>[0]>(members: Members) => ({
  schema: { body: Type.Object(members, { additionalProperties: false }) },
});
const nonce = Type.String({ pattern: "^[0-9a-f]{64}$" });

export function siteOf(origin: string): Site {
  return { origin, rpId: new URL(origin).hostname };
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What all ways in share: the address they are bound to, and the session they end in. */
interface Door {
  at(work: (request: FastifyRequest, origin: string, reply: FastifyReply) => Promise<unknown>): Handler;
  enter(reply: FastifyReply, found: { personId: string } | undefined, means: Means): Promise<unknown>;
}

const moment = () => ({ machineNow: machineClock.now(), random: machineRandom });

export function signInRoutes(api: FastifyInstance, house: TradingHouse, configured: string | undefined): void {
  const door = doorOf(house, configured);
  byCertificate(api, house, door);
  byPasskey(api, house, door);
  byPassword(api, house, door);
  byPhone(api, house, door);
}

function doorOf({ pool }: TradingHouse, configured: string | undefined): Door {
  return {
    async enter(reply, found, means) {
      if (!found)
        return sendProblem(reply, 401, { code: "auth.sign-in-failed", title: "登录未成功。", detail: "The sign-in did not succeed." });
      const token = await openSession(pool, { personId: found.personId, means, ...moment() });
      return reply.header("Set-Cookie", sessionCookie(token)).header("Cache-Control", "no-store").send({ token, personId: found.personId });
    },
    at: (work) => async (request, reply) => {
      const origin = originOf(request, configured);
      return origin
        ? work(request, origin, reply)
        : sendProblem(reply, 421, {
            code: "request.wrong-host",
            title: "请从平台自己的地址登录。",
            detail: "Sign in at the platform's own address.",
          });
    },
  };
}

function byCertificate(api: FastifyInstance, house: TradingHouse, { at, enter }: Door): void {
  const { pool } = house;
  api.post(
    "/sign-in/certificate/challenges",
    closed({}),
    at(async (_, origin) => offerSignIn(pool, { origin, ...moment() })),
  );
  api.post(
    "/sign-in/certificate",
    closed({ nonce, certificate: Type.String({ maxLength: 8192 }), sig: actSignatureSchema }),
    at(async (request, origin, reply) => {
      const body = request.body as { nonce: string; certificate: string; sig: ActSignature };
      return enter(
        reply,
        await signInByCertificate(pool, house.certificates, { ...body, origin, machineNow: machineClock.now(), now: house.clock.now() }),
        "certificate",
      );
    }),
  );
}

function byPasskey(api: FastifyInstance, { pool }: TradingHouse, { at, enter }: Door): void {
  api.post(
    "/sign-in/passkey/challenges",
    closed({}),
    at(async (_, origin) => offerPasskey(pool, siteOf(origin), moment())),
  );
  api.post(
    "/sign-in/passkey",
    { schema: { body: Type.Object({ response: Type.Unknown() }, { additionalProperties: false }) } },
    at(async (request, origin, reply) =>
      enter(
        reply,
        await signInByPasskey(pool, siteOf(origin), {
          response: (request.body as { response: never }).response,
          machineNow: machineClock.now(),
        }),
        "passkey",
      ),
    ),
  );
}

function byPassword(api: FastifyInstance, { pool }: TradingHouse, { at, enter }: Door): void {
  api.post(
    "/sign-in/password",
    closed({
      login: Type.String({ minLength: 3, maxLength: 64 }),
      password: Type.String({ minLength: 1, maxLength: 128 }),
      code: Type.String({ maxLength: 6 }),
    }),
    at(async (request, _, reply) => {
      const body = request.body as { login: string; password: string; code: string };
      const found = await signInByPassword(pool, { ...body, device: request.ip, machineNow: machineClock.now() });
      if (found && "waitMs" in found) {
        reply.header("Retry-After", String(Math.ceil(found.waitMs / 1000)));
        return sendProblem(reply, 429, {
          code: "auth.slow-down",
          title: "尝试过多，请稍后再试；证书和通行密钥登录不受影响。",
          detail: "Too many tries; certificates and passkeys are not affected.",
        });
      }
      return enter(reply, found, "password");
    }),
  );
}

function byPhone(api: FastifyInstance, { pool }: TradingHouse, { at, enter }: Door): void {
  api.post(
    "/sign-in/phone",
    closed({}),
    at(async (_, origin) => askPhone(pool, { origin, ...moment() })),
  );
  api.post(
    "/sign-in/phone/:id",
    closed({ verifier: nonce }),
    at(async (request, _, reply) => {
      const { id } = request.params as { id: string };
      const found = await signInByPhone(pool, {
        id,
        verifier: (request.body as { verifier: string }).verifier,
        machineNow: machineClock.now(),
      });
      return found === "waiting" ? reply.status(202).send({ waiting: true }) : enter(reply, found, "phone");
    }),
  );
}
