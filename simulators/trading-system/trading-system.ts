/**
 * A market-operated trading system as the access standard wants it (trading-system-access.md), for demonstration: its own
 * process, its own host, its own sessions. It knows its users from the platform's sign-in alone, keeps their drafts, and
 * asks the platform anew in which membership they act. It names itself on each page.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hex } from "../../formats/bytes.ts";
import type { Machine } from "../frame/simulator.ts";
import { registeredPath, type Session, SignIn } from "./sign-in.ts";

export interface RunningTradingSystem {
  readonly url: string;
  /** What the platform's operators enter for it. */
  readonly row: { systemCode: string; redirectUris: string[]; backchannelLogoutUri: string; keys: Record<string, unknown>[] };
  /** Told once the platform stands. */
  connect(issuer: string): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly machine: Machine;
  readonly sessions: Map<string, Session>;
  /** By person and form: text survives whatever happens to its author's membership. */
  readonly drafts: Map<string, string>;
  readonly acts: { lot: string; membership: string }[];
  signIn: SignIn | undefined;
  /** Its own address, whatever a caller says it called. */
  url: string;
  clockOffsetMs: number;
}

type Answer = { status: number; headers?: Record<string, string>; body?: string };

const cookieName = "tps_session";

export async function startTradingSystem(systemCode: string, machine: Machine, port = 0): Promise<RunningTradingSystem> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const parts: Parts = { machine, sessions: new Map(), drafts: new Map(), acts: [], signIn: undefined, url: "", clockOffsetMs: 0 };
  const server = createServer((request, response) => void serve(request, response, parts));
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const own = (server.address() as AddressInfo).port;
  const url = `http://tps.localhost:${own}`;
  parts.url = url;
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return {
    url,
    row: {
      systemCode,
      redirectUris: [`${url}/callback`],
      backchannelLogoutUri: `http://127.0.0.1:${own}/backchannel-logout`,
      keys: [{ kty, crv, x, y, kid: "k1", alg: "ES256", use: "sig" }],
    },
    async connect(issuer) {
      parts.signIn = await SignIn.at({
        issuer,
        systemCode,
        key: pair.privateKey,
        redirectUri: `${url}/callback`,
        now: () => machine.now() + parts.clockOffsetMs,
      });
    },
    stop() {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const body = Buffer.concat(await request.toArray()).toString();
  const url = new URL(request.url ?? "/", parts.url);
  const { signIn } = parts;
  const answer: Answer = signIn ? await answerTo({ request, url, body, signIn }, parts).catch(() => ({ status: 500 })) : { status: 503 };
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...answer.headers };
  response.writeHead(answer.status, headers).end(answer.body ?? "");
}

interface Call {
  request: IncomingMessage;
  url: URL;
  body: string;
  signIn: SignIn;
}

async function answerTo(call: Call, parts: Parts): Promise<Answer> {
  const { request, url } = call;
  const door = `${request.method} ${url.pathname.split("/")[1]}`;
  switch (door) {
    case "GET login":
      return redirect(await call.signIn.start(registeredPath(url.searchParams.get("back"))));
    case "GET callback":
      return callback(call, parts);
    case "POST backchannel-logout":
      return logout(call, parts);
    case "GET egret":
      return openLink(call, parts);
    case "POST webhook":
      return webhook(call);
    case "POST egret-test":
      return drive(call, parts);
    case "POST forms":
      return keepDraft(call, parts);
    case "POST acts":
      return act(call, parts);
    default:
      return page(call, parts);
  }
}

async function callback({ signIn, url }: Call, parts: Parts): Promise<Answer> {
  const found = await signIn.finish(url);
  if (!found) return { status: 401, body: "sign-in refused" };
  const id = hex(parts.machine.random(32));
  parts.sessions.set(id, found.session);
  return redirect(found.back, { "set-cookie": `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax` });
}

async function logout({ signIn, body }: Call, parts: Parts): Promise<Answer> {
  const sid = await signIn.endedBy(new URLSearchParams(body).get("logout_token") ?? "");
  if (!sid) return { status: 400 };
  for (const [id, session] of parts.sessions) if (session.sid === sid) parts.sessions.delete(id);
  return { status: 200 };
}

/** Lands on the form of that lot, after a silent sign-in where there is no session of this very person. */
async function openLink(call: Call, parts: Parts): Promise<Answer> {
  const { searchParams } = call.url;
  const [target, id] = [searchParams.get("target") ?? "", searchParams.get("id") ?? ""];
  const link = await call.signIn.openLink(searchParams.get("ctx") ?? "", { target, id });
  if (!link || !["lots", "forms"].includes(target)) return { status: 403, body: "this link is not good any more" };
  const path = registeredPath(`/${target}/${id}`);
  return sessionOf(call.request, parts)?.sub === link.sub ? redirect(path) : redirect(`/login?back=${encodeURIComponent(path)}`);
}

async function webhook({ request, signIn }: Call): Promise<Answer> {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  return { status: (await signIn.isForUs(token)) ? 204 : 401 };
}

/** What the conformance suite may set from outside; a real system has no such door. */
async function drive({ body }: Call, parts: Parts): Promise<Answer> {
  const { act: name, args } = JSON.parse(body) as { act: string; args?: { ms?: number } };
  if (name === "setClockOffset") parts.clockOffsetMs = args?.ms ?? 0;
  return { status: 200, body: JSON.stringify({ ok: true, acts: parts.acts, sessions: parts.sessions.size }) };
}

async function keepDraft({ request, url, body }: Call, parts: Parts): Promise<Answer> {
  const session = sessionOf(request, parts);
  if (!session) return { status: 401 };
  parts.drafts.set(`${session.sub} ${url.pathname}`, body);
  return { status: 204 };
}

/** An act belongs to the membership that its form names; if the person works in another one now, it is refused. */
async function act({ request, url, body, signIn }: Call, parts: Parts): Promise<Answer> {
  const session = sessionOf(request, parts);
  if (!session) return { status: 401 };
  const named = new URLSearchParams(body).get("membership") ?? "";
  const now = await signIn.membershipNow(session);
  if (now === undefined || now !== named) return { status: 403, body: "您现在的身份与表单所用的身份不同，草稿已保留。" };
  parts.acts.push({ lot: url.pathname.split("/")[2] ?? "", membership: named });
  return { status: 200 };
}

function page({ request, url }: Call, parts: Parts): Answer {
  const session = sessionOf(request, parts);
  if (!session) return { status: 401, body: "请先登录" };
  const draft = parts.drafts.get(`${session.sub} ${url.pathname}`) ?? "";
  const safe = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return {
    status: 200,
    body: `<!doctype html><title>示范第三方交易系统（沙箱模拟器）</title><h1>示范第三方交易系统（沙箱模拟器）</h1><main data-path="${safe(url.pathname)}" data-membership="${session.membership ?? ""}">${safe(draft)}</main>`,
  };
}

function sessionOf(request: IncomingMessage, parts: Parts): Session | undefined {
  const id = new RegExp(`(?:^|; )${cookieName}=([0-9a-f]{64})`).exec(request.headers.cookie ?? "")?.[1];
  return id === undefined ? undefined : parts.sessions.get(id);
}

function redirect(to: string, headers: Record<string, string> = {}): Answer {
  return { status: 303, headers: { location: to, ...headers } };
}
