/**
 * The witness's HTTP door: `POST /add-checkpoint` (C2SP tlog-witness), and what everybody may see:
 * `GET /status`, `GET /alarms`, `GET /heads/<logId>`. It is only a door: no rule stands here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { logIdOf, verifierKeyText } from "../formats/evidence/index.ts";
import type { Memory } from "./memory.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { Answer, Witness } from "./witness.ts";

export interface DoorParts {
  witness: Witness;
  memory: Memory;
  /** Only in a sandbox: trade time is pushed to `POST /sandbox/clock` with this bearer token. */
  sandbox?: { clock: SandboxClock; token: string };
}

const bodyMax = 65_536;

export function openDoor(parts: DoorParts): Server {
  const server = createServer((request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) send(response, 500, "the witness failed\n");
    });
  });
  server.requestTimeout = 10_000;
  return server;
}

async function route(parts: DoorParts, request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
  const { witness, memory, sandbox } = parts;
  const door = `${request.method} ${request.url?.split("?")[0]}`;
  if (door === "POST /add-checkpoint") {
    const body = await bodyOf(request);
    return body === undefined ? send(response, 400, "too long") : sendAnswer(response, witness.answer(body));
  }
  if (door === "GET /status") return send(response, 200, JSON.stringify(statusOf(witness, memory)), "application/json");
  if (door === "GET /alarms") return send(response, 200, JSON.stringify(memory.alarms()), "application/json");
  const logId = /^GET \/heads\/([0-9a-f]{64})$/.exec(door)?.[1];
  const head = [...witness.heads].find(([origin, { size }]) => size > 0 && logIdOf(origin) === logId)?.[1];
  if (head) return send(response, 200, head.note);
  if (door === "POST /sandbox/clock" && sandbox) return pushClock(sandbox, request, response);
  return send(response, 404, "no such door");
}

function statusOf(witness: Witness, memory: Memory): object {
  const logs = [...witness.heads].map(([origin, { size, root, signedAt }]) => ({ origin, size, root, signedAt }));
  return { witness: verifierKeyText(witness.key), logs, alarms: memory.alarms().length };
}

async function pushClock(
  { clock, token }: NonNullable<DoorParts["sandbox"]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<ServerResponse> {
  if (request.headers.authorization !== `Bearer ${token}`) return send(response, 403, "not the sandbox");
  const body = await bodyOf(request);
  return clock.follow(body ?? "") ? send(response, 204, "") : send(response, 400, "not a clock push");
}

function sendAnswer(response: ServerResponse, answer: Answer): ServerResponse {
  if (answer.status === 200) return send(response, 200, answer.line);
  // C2SP: a conflict carries the size that the witness holds.
  if (answer.status === 409) return send(response, 409, `${answer.size}\n`, "text/x.tlog.size");
  return send(response, answer.status, `${answer.why}\n`);
}

function send(response: ServerResponse, status: number, body: string, type = "text/plain; charset=utf-8"): ServerResponse {
  return response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > bodyMax) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
