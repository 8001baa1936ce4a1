/**
 * One simulator as a whole: book, journal, clock, keys, doors, outbox, joined over HTTP on the loopback address.
 * It imports formats and its own frame only; it shares no code with the platform that it is to test.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  decryptPersonal,
  encryptPersonal,
  NonceMemory,
  type Peer,
  pairsOf,
  type RandomBytes,
  type Receiver,
} from "../../formats/exchange/index.ts";
import { Book } from "./book.ts";
import { ControlDoors } from "./control-doors.ts";
import { Doors } from "./doors.ts";
import { FaultTable } from "./fault-table.ts";
import { Journal } from "./journal.ts";
import { Outbox } from "./outbox.ts";
import { ownKeysIn, peerRowOf } from "./own-keys.ts";
import { Runner } from "./runner.ts";
import { readClockPush, SandboxClock } from "./sandbox-clock.ts";
import type { Context, SystemDefinition } from "./system-definition.ts";

export interface Machine {
  readonly now: () => number;
  readonly random: RandomBytes;
}

export interface SimulatorOptions {
  readonly home: string;
  readonly token: string;
  readonly machine: Machine;
  readonly port?: number;
  readonly retryMs?: number;
}

export interface RunningSimulator {
  readonly url: string;
  readonly peer: Peer;
  stop(): Promise<void>;
}

const bodyLimit = 4_194_304;

export async function startSimulator<State, Effect>(
  definition: SystemDefinition<State, Effect>,
  options: SimulatorOptions,
): Promise<RunningSimulator> {
  const parts = assemble(definition, options);
  const server = createServer((request, response) => void parts.serve(request, response));
  const url = await listening(server, options.port ?? 0);
  parts.setUrl(url);
  parts.begin();
  return { url, peer: parts.ownRow(), stop: () => parts.stop(server) };
}

function assemble<State, Effect>(definition: SystemDefinition<State, Effect>, options: SimulatorOptions) {
  const { home, machine, token } = options;
  const keys = ownKeysIn(home, machine.random);
  const clock = new SandboxClock(machine.now);
  const book = new Book(home, definition, () => clock.now());
  const clockPath = join(home, "clock.json");
  const kept = existsSync(clockPath) ? readClockPush(JSON.parse(readFileSync(clockPath, "utf8"))) : undefined;
  if (kept) clock.follow(kept, Date.parse(book.lastAt) || 0);
  const journal = new Journal(home, keys.fieldSecret);
  const faults = new FaultTable();
  const context = contextOf(definition.system, { book: book as Book<unknown, unknown>, clock, keys, machine });
  let url = "";
  const ownRow = () => peerRowOf(keys, definition.system, url);
  const receiver: Receiver = {
    system: definition.system,
    environment: "sandbox",
    key: keys.message,
    findPeer: (system) => book.peers.get(system),
    nonces: new NonceMemory(),
    machineNow: machine.now,
  };
  const sender = { system: definition.system, key: keys.message, machineNow: machine.now, random: machine.random };
  const outbox = new Outbox({
    book: book as Book<unknown, unknown>,
    faults,
    journal,
    sender,
    retired: keys.retired,
    now: () => clock.now(),
    retryMs: options.retryMs ?? 1_000,
  });
  const runner = new Runner({ definition, book, context, clock, wakeOutbox: () => outbox.wake() });
  const strike = (door: string, type?: string, object?: string) =>
    faults.strike({ direction: "in", door, ...(type ? { type } : {}), ...(object ? { object } : {}) });
  const doors = new Doors({ definition, book, journal, receiver, context, strike, wake: () => runner.wake() });
  const setClock = (push: Parameters<SandboxClock["follow"]>[0]) => {
    clock.follow(push, Date.parse(book.lastAt) || 0);
    writeFileSync(clockPath, JSON.stringify(push), { mode: 0o600, flush: true });
  };
  const control = new ControlDoors({ definition, book, journal, faults, context, token, ownRow, setClock, wake: () => runner.wake() });
  return {
    ownRow,
    setUrl: (known: string) => {
      url = known;
    },
    begin: () => {
      for (const { from, object } of book.waiting()) doors.applyTurns(from, object);
      runner.wake();
    },
    serve: (request: IncomingMessage, response: ServerResponse) =>
      serve(request, response, { definition, book, context, doors, control, clock, ownRow }),
    stop: async (server: Server) => {
      outbox.stop();
      runner.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      book.close();
      journal.close();
    },
  };
}

function contextOf(
  system: string,
  parts: { book: Book<unknown, unknown>; clock: SandboxClock; keys: ReturnType<typeof ownKeysIn>; machine: Machine },
): Context {
  const { book, clock, keys, machine } = parts;
  return {
    system,
    now: () => clock.now(),
    newId: (prefix) => book.newId(prefix),
    random: machine.random,
    key: keys.message,
    fieldSecret: keys.fieldSecret,
    findPeer: (code) => book.peers.get(code),
    platform: () => {
      const peer = [...book.peers.values()].find((one) => !one.system.startsWith("sim-") && one.system !== "sandbox-wallet");
      if (peer === undefined) throw new Error("no platform is registered as a peer");
      return peer;
    },
    openPersonal: (field) => decryptPersonal(field, keys.fieldSecret),
    sealPersonal: (text, to) => {
      if (to.fieldKey === undefined) throw new Error(`${to.system} has no field key`);
      return encryptPersonal(text, to.fieldKey, machine.random);
    },
  };
}

interface ServeParts<State, Effect> {
  readonly definition: SystemDefinition<State, Effect>;
  readonly book: Book<State, Effect>;
  readonly context: Context;
  readonly doors: Doors<State, Effect>;
  readonly control: ControlDoors<State, Effect>;
  readonly clock: SandboxClock;
  readonly ownRow: () => Peer;
}

async function serve<State, Effect>(request: IncomingMessage, response: ServerResponse, parts: ServeParts<State, Effect>): Promise<void> {
  try {
    const target = request.url ?? "/";
    const method = request.method ?? "GET";
    const body = await bodyOf(request);
    if (target.startsWith("/sim/v1/"))
      return sendJson(
        response,
        parts.control.answer({
          method,
          target,
          token: String(request.headers["sim-token"] ?? ""),
          body: body.length === 0 ? null : JSON.parse(new TextDecoder().decode(body)),
        }),
      );
    // For comparison only; a peer never learns keys here (conventions.md §1).
    if (target === "/v1/keys") return sendJson(response, { status: 200, body: parts.ownRow() });
    if (target === "/v1/health") return sendJson(response, { status: 200, body: healthOf(parts) });
    const bytes = target.startsWith("/v1/")
      ? undefined
      : await parts.definition.bytes?.(parts.book.state, { method, path: target.split("?")[0] ?? "", body }, parts.context);
    if (bytes) {
      response.writeHead(bytes.status, { "content-type": bytes.contentType, "msg-system": "simulator" }).end(bytes.body);
      return;
    }
    const answer = await parts.doors.answer({ method, target, pairs: pairsOf(request.rawHeaders), body });
    if (answer === "cut") return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    if (!response.headersSent)
      sendJson(response, {
        status: error instanceof SyntaxError ? 400 : 500,
        body: { error: error instanceof Error ? error.message : String(error) },
      });
  }
}

function healthOf<State, Effect>({ definition, clock }: ServeParts<State, Effect>) {
  const schemas = Object.fromEntries(Object.keys({ ...definition.schemas, ...definition.askSchemas }).map((type) => [type, [0]]));
  return { status: "ok", time: clock.now(), system: definition.system, label: "simulator", environment: "sandbox", schemas, checks: [] };
}

function sendJson(response: ServerResponse, answer: { status: number; body: unknown }): void {
  response
    .writeHead(answer.status, { "content-type": "application/json; charset=utf-8", "msg-system": "simulator" })
    .end(JSON.stringify(answer.body));
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > bodyLimit) throw new SyntaxError("the body is too large");
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function listening(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
