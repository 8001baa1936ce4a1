/**
 * The doors of our OpenID Connect issuer under `/oidc`, and the step between: a page of ours that hands the person
 * who is signed in over to the issuer. That page bounces once, because the portal's cookie is Strict and does not
 * come along from a foreign page (decisions §7).
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Type } from "@sinclair/typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Provider from "oidc-provider";
import type { LinkTarget } from "../../identity/index.ts";
import { sendProblem, sendUnknownSession } from "../edge.ts";
import { contentSecurityPolicy } from "../portal-shell.ts";

export interface Issuer {
  provider(): Provider;
  linkInto(target: LinkTarget): Promise<string | undefined>;
  /** @returns the systems that did not answer. */
  signOut(personId: string): Promise<string[]>;
}

/** `POST /me/deep-links`: a way for this person into one form of a connected system. */
export function linkRoutes(api: FastifyInstance, issuer: Issuer): void {
  const word = Type.String({ pattern: "^[A-Za-z0-9_.-]{1,64}$" });
  const body = Type.Object({ systemCode: word, target: word, id: word }, { additionalProperties: false });
  api.post<{ Body: Omit<LinkTarget, "personId"> }>("/me/deep-links", { schema: { body } }, async (request, reply) => {
    if (!request.personId) return sendUnknownSession(reply);
    const url = await issuer.linkInto({ ...request.body, personId: request.personId });
    return url ? { url } : sendProblem(reply, 404, { code: "object.unknown", title: "没有这个系统。", detail: "There is no such system." });
  });
}

export function issuerRoutes(edge: FastifyInstance, issuer: Issuer): void {
  const provider = () => issuer.provider();
  edge.register(async (door) => {
    // The issuer reads bodies itself.
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", (_, __, done) => done(null));
    const handle = (request: FastifyRequest, reply: FastifyReply) => {
      const raw = request.raw as IncomingMessage & { originalUrl?: string };
      raw.originalUrl = raw.url;
      raw.url = (raw.url ?? "").replace(/^\/oidc/, "") || "/";
      reply.hijack();
      void provider().callback()(raw, reply.raw);
    };
    door.all("/oidc/*", handle);
  });
  edge.get("/sign-in/oidc/:uid", async (request, reply) => {
    const nonce = randomBytes(16).toString("base64url");
    const next = JSON.stringify(`${(request.params as { uid: string }).uid}/continue`);
    return reply
      .header("Content-Security-Policy", contentSecurityPolicy(nonce, undefined))
      .header("Cache-Control", "no-store")
      .type("text/html; charset=utf-8")
      .send(
        `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>鹭易 · 登录</title><p>正在登录…</p><script nonce="${nonce}">location.replace("/sign-in/oidc/"+${next})</script></html>`,
      );
  });
  edge.get("/sign-in/oidc/:uid/continue", async (request, reply) => {
    if (!request.session) return reply.redirect("/", 303);
    const { personId, means } = request.session;
    const details = await provider().interactionDetails(request.raw, reply.raw);
    const grant = await grantFor(provider(), { personId, clientId: String(details.params.client_id), grantId: details.grantId });
    reply.hijack();
    await provider().interactionFinished(
      request.raw,
      reply.raw,
      { login: { accountId: personId, amr: [means], remember: false }, consent: { grantId: grant } },
      { mergeWithLastSubmission: false },
    );
  });
}

/** Connected systems get who somebody is and nothing else, so there is nothing for the person to tick. */
async function grantFor(provider: Provider, wish: { personId: string; clientId: string; grantId: string | undefined }): Promise<string> {
  const known = wish.grantId ? await provider.Grant.find(wish.grantId) : undefined;
  const grant = known ?? new provider.Grant({ accountId: wish.personId, clientId: wish.clientId });
  grant.addOIDCScope("openid");
  return grant.save();
}
