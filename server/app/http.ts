/**
 * The edge: `/api/v1` made from what the stages declare, and the portal's files. It stamps arrival,
 * knows the person behind a session, and turns refusals and faults into problem+json, once, here.
 */

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import fastifyStatic from "@fastify/static";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Evidence } from "../evidence/index.ts";
import type { SealOffice } from "../exchange/index.ts";
import { findSession, type Session } from "../identity/index.ts";
import { machineClock } from "../runtime/clock/clock.ts";
import { crashPoint } from "../runtime/crash/crash-points.ts";
import { hasNulEscape, nulRefused, sendProblem } from "./edge.ts";
import type { TradingHouse } from "./house.ts";
import { pageHeaders, Shell } from "./portal-shell.ts";
import { actRoutes } from "./routes/acts.ts";
import { logRoutes, standingRoute } from "./routes/evidence.ts";
import { feedRoutes } from "./routes/feeds.ts";
import { fileRoutes } from "./routes/files.ts";
import { type Issuer, issuerRoutes, linkRoutes } from "./routes/issuer.ts";
import { libraryRoutes } from "./routes/library.ts";
import { liveRoutes } from "./routes/live.ts";
import { ownFactorRoutes } from "./routes/own-factors.ts";
import { ownIdentityRoutes } from "./routes/own-identity.ts";
import { paperRoutes } from "./routes/papers.ts";
import { readRoutes } from "./routes/reads.ts";
import { type SandboxControl, sandboxRoutes } from "./routes/sandbox.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { cookieToken } from "./session-cookie.ts";

export interface EdgeOptions {
  house: TradingHouse;
  /** Where people reach us: `https://…`. A sandbox has none and answers on names of this machine only. */
  origin?: string;
  /** Our issuer, made once the address is known; absent where no system is connected. */
  issuer?: Issuer;
  /** Folder of the built portal; without it only the interface is served. */
  portal?: string;
  /** Present in a sandbox only; production answers 404. */
  sandbox?: SandboxControl;
  /** The evidence log of the house, where it has one. */
  evidence?: Evidence;
  /** Who keeps the seals of organisations; without it papers carry none, and say so. */
  seals?: SealOffice;
  onFault: (error: unknown, traceId: string) => void;
}

declare module "fastify" {
  interface FastifyRequest {
    arrivedAt: number;
    personId: string | undefined;
    session: Session | undefined;
    token: string | undefined;
  }
}

export async function buildEdge(options: EdgeOptions): Promise<FastifyInstance> {
  const { house } = options;
  const edge = Fastify({
    bodyLimit: 1 << 20,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // A long id is one that nobody has; the line itself bounds it.
    routerOptions: { maxParamLength: 1 << 14 },
    // What fails before any route is reached gets the same form and the same headers as everything else.
    frameworkErrors: (error, request, reply) => {
      reply.header("Trace-Id", request.id).headers(pageHeaders);
      void sendProblem(reply as FastifyReply, error.statusCode ?? 400, {
        code: "request.invalid",
        title: "请求的格式不正确。",
        detail: "The address is not well formed.",
      });
    },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  });
  jsonBodies(edge);
  arrivals(edge, house);
  const shell =
    options.portal && existsSync(options.portal) ? new Shell(options.portal, options.sandbox?.walletUrl ?? undefined) : undefined;
  problems(edge, options, shell);
  const { issuer } = options;
  if (issuer) issuerRoutes(edge, issuer);
  if (options.evidence?.isPaced) logRoutes(edge, options.evidence);
  edge.register(
    async (api) => {
      standingRoute(api, options.evidence);
      api.register(async (scope) => actRoutes(scope, house, options.origin));
      readRoutes(api, house);
      paperRoutes(api, house, options.seals);
      api.register(async (scope) => fileRoutes(scope, house));
      for (const routes of [liveRoutes, feedRoutes]) routes(api, house);
      libraryRoutes(api);
      sessionRoutes(api, house, async (personId) => issuer?.signOut(personId));
      ownIdentityRoutes(api, house);
      if (issuer) linkRoutes(api, issuer);
      ownFactorRoutes(api, house, options.origin);
      signInRoutes(api, house, options.origin);
      sandboxRoutes(api, house, options.sandbox);
    },
    { prefix: "/api/v1" },
  );
  if (shell) servePortal(edge, options.portal as string, shell);
  return edge;
}

function jsonBodies(edge: FastifyInstance): void {
  const plain = edge.getDefaultJsonParser("error", "error");
  edge.removeContentTypeParser("application/json");
  edge.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) =>
    hasNulEscape(body) ? done(nulRefused(), undefined) : plain(request, body as string, done),
  );
}

/** Who asks, from which page, and at which instant; and what every answer says. */
function arrivals(edge: FastifyInstance, house: TradingHouse): void {
  edge.decorateRequest("arrivedAt", 0);
  edge.decorateRequest("personId", undefined);
  edge.decorateRequest("session", undefined);
  edge.decorateRequest("token", undefined);
  edge.addHook("onRequest", async (request) => {
    request.token = tokenOf(request);
    request.session = request.token ? await findSession(house.pool, request.token, machineClock.now()) : undefined;
    request.personId = request.session?.personId;
  });
  edge.addHook("onRequest", async (request, reply) => {
    if (isForeignWrite(request))
      return sendProblem(reply, 403, {
        code: "request.foreign-origin",
        title: "请求不是由平台自己的页面发出。",
        detail: "A write with a session comes from our own pages only.",
      });
  });
  edge.addHook("onRequest", async (request, reply) => {
    // No id and no word of ours has it, and the database has no text with it.
    if (hasNul(request.params) || hasNul(request.query))
      return sendProblem(reply, 404, { code: "object.unknown", title: "没有这个地址。", detail: "There is no such address." });
  });
  // The last byte has come when the body is parsed: this instant is judged against deadlines.
  // From the same instant an act counts as on its way, so that a drain at the deadline waits for it. Only acts:
  // a wish to move the sandbox's clock would wait for itself.
  edge.addHook("preValidation", async (request, reply) => {
    const isAct = request.method === "POST" && request.routeOptions.url === "/api/v1/acts/:act";
    if (isAct) crashPoint("CP01.parsed");
    request.arrivedAt = house.clock.now();
    if (isAct) crashPoint("CP02.stamped");
    if (isAct) reply.raw.once("close", house.onTheirWay.enter(request.arrivedAt));
  });
  edge.addHook("onSend", async (request, reply) => {
    reply.header("Date-Ms", String(house.clock.now()));
    reply.header("Trace-Id", request.id);
    if (house.platform.sandbox) reply.header("Sandbox", "true");
    reply.headers(pageHeaders);
    if (request.session && !reply.hasHeader("Cache-Control")) reply.header("Cache-Control", "no-store");
  });
}

function hasNul(values: unknown): boolean {
  return Object.entries((values ?? {}) as Record<string, unknown>).some((pair) =>
    pair.flat().some((text) => String(text).includes("\u0000")),
  );
}

function tokenOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer ([0-9a-f]{64})$/.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? cookieToken(request.headers.cookie);
}

/** A session cookie is sent by the browser alone, so a write that carries one must come from our own page (security.md §8). */
function isForeignWrite(request: FastifyRequest): boolean {
  if (request.method === "GET" || cookieToken(request.headers.cookie) === undefined) return false;
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  return (site !== undefined && site !== "same-origin") || (origin !== undefined && URL.parse(origin)?.host !== request.host);
}

function problems(edge: FastifyInstance, { onFault }: EdgeOptions, shell: Shell | undefined): void {
  edge.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      onFault(error, request.id);
      return sendProblem(reply, 500, {
        code: "fault",
        title: `平台故障，编号 ${request.id}。请稍后重试，同一命令号不会重复生效。`,
        detail: "The platform is at fault.",
      });
    }
    const code = status === 413 ? "request.too-large" : status === 415 ? "request.media-type" : "request.invalid";
    return sendProblem(reply, status, { code, title: "请求的格式不正确。", detail: error.message });
  });
  edge.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith("/api/"))
      return sendProblem(reply, 404, { code: "object.unknown", title: "没有这个地址。", detail: "There is no such address." });
    // A script that is gone must fail as one, not arrive as a page.
    return shell && request.method === "GET" && !request.url.startsWith("/assets/")
      ? shell.send(reply, request.session !== undefined)
      : reply.status(404).send("not found");
  });
}

function servePortal(edge: FastifyInstance, portal: string, shell: Shell): void {
  edge.get("/", (request, reply) => shell.send(reply, request.session !== undefined));
  const globIgnore = ["index.html", "**/*.gz"];
  edge.register(fastifyStatic, {
    root: portal,
    wildcard: false,
    index: false,
    globIgnore,
    preCompressed: true,
    immutable: true,
    maxAge: "1h",
  });
}
