/** `POST /acts/{act}`: the one door through which anything is done; `GET /acts`: what can be done, with forms. */
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { commandSchema, type SignedCommand } from "../../../formats/act.ts";
import { originOfSignature } from "../../../formats/act-proof.ts";
import { IJsonError, parseIJson } from "../../../formats/i-json.ts";
import { type NonceWish, needsStepUp } from "../../../formats/step-up.ts";
import { findActor } from "../../identity/index.ts";
import { hasNulEscape, nulRefused, originOf, sendProblem, sendUnknownSession } from "../edge.ts";
import type { TradingHouse } from "../house.ts";

const nonceWishSchema = Type.Object(
  {
    act: commandSchema.properties.act,
    membership: commandSchema.properties.membership,
    lotId: commandSchema.properties.lotId,
  },
  { additionalProperties: false },
);

export function actRoutes(api: FastifyInstance, house: TradingHouse, configured: string | undefined): void {
  signedBodies(api);
  api.get("/acts", async () => ({
    items: [...house.acts.values()].map(({ name, title, who, about, step, sealed, rules, data }) => ({
      name,
      title,
      who,
      about,
      step: step ?? null,
      sealed: sealed === true,
      stepUp: needsStepUp(name),
      rules: rules ?? [],
      data,
    })),
  }));
  api.post<{ Body: NonceWish }>("/acts/nonces", { schema: { body: nonceWishSchema } }, async (request, reply) => {
    const { act, membership, lotId } = request.body;
    if (!request.personId) return sendUnknownSession(reply);
    const actor = await findActor(house.pool, request.personId, membership, house.clock.now());
    if (!actor)
      return sendProblem(reply, 403, {
        code: "act.not-your-role",
        title: "这不是您现在的身份。",
        detail: "This is not a membership of yours.",
      });
    // Whether the act exists or the lot does is not told here: the act itself says it.
    return reply.header("Cache-Control", "no-store").send(house.nonces.issue({ act, membership, lotId }));
  });
  api.post<{ Params: { act: string }; Body: SignedCommand }>("/acts/:act", { schema: { body: commandSchema } }, async (request, reply) => {
    const command = request.body;
    if (!request.personId) return sendProblem(reply, 401, { code: "auth.required", title: "请先登录。", detail: "Sign in first." });
    if (command.act !== request.params.act || request.headers["idempotency-key"] !== command.commandId) {
      return sendProblem(reply, 400, {
        code: "request.key-missing",
        title: "命令号须与 Idempotency-Key 一致，行为须与地址一致。",
        detail: "Idempotency-Key must equal commandId, and the act must equal the path.",
      });
    }
    const actor = await findActor(house.pool, request.personId, command.membership, house.clock.now());
    if (!actor)
      return sendProblem(reply, 403, {
        code: "act.not-your-role",
        title: "这不是您现在的身份。",
        detail: "This is not a membership of yours.",
      });
    const usedAt = originOfSignature(command.sig);
    // A passkey signs for the page it was used on: one that was used elsewhere signs nothing here.
    if (usedAt !== undefined && usedAt !== originOf(request, configured)) {
      return sendProblem(reply, 401, {
        code: "auth.passkey-elsewhere",
        title: "这个签名不是在本平台的页面上作出的。",
        detail: "This signature was not made on a page of the platform.",
      });
    }
    const answer = await house.perform(command, actor, request.arrivedAt);
    // What waits for somebody outside (a silent authority) says when to come again.
    if (answer.status === 503) reply.header("Retry-After", "60");
    return reply
      .status(answer.status)
      .type(answer.status === 200 ? "application/json" : "application/problem+json")
      .send(answer.text);
  });
}

function signedBodies(api: FastifyInstance): void {
  // What is signed must be one document for every reader: two members of one name are refused, never resolved.
  api.removeContentTypeParser("application/json");
  api.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) => {
    if (hasNulEscape(body as Buffer)) return done(nulRefused(), undefined);
    try {
      done(null, parseIJson(new Uint8Array(body as Buffer)));
    } catch (error) {
      done(error instanceof IJsonError ? Object.assign(error, { statusCode: 400 }) : (error as Error), undefined);
    }
  });
}
