/**
 * The doors of the key keeper process: loopback only, a token on every call, one call after the other. It answers
 * one party at a time; there is no door that lists lots, tags or parties, and there must never be one.
 */
import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { base64, fromBase64, hex } from "../../../../formats/bytes.ts";
import { type Keeper, KeeperRefusal } from "./keeper.ts";

export interface KeeperDoors {
  readonly keeper: Keeper;
  readonly token: string;
  /** Present in a sandbox only: sets the trade time as the keeper sees it; it never runs back. */
  readonly followClock?: (push: { anchorReal: string; anchorVirtual: string; tempo: number }) => void;
}

type Body = Readonly<Record<string, unknown>>;
class Misshapen extends Error {}

/** @returns the address on which the keeper listens. */
export async function openKeeperDoors(doors: KeeperDoors, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    // One after the other: two creations of one lot must never make two key pairs.
    last = last.then(() => serve(request, response, doors));
  });
  const url = await listening(server, port);
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, doors: KeeperDoors): Promise<void> {
  const send = (status: number, body: object) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  try {
    if (!isSame(String(request.headers["keeper-token"] ?? ""), doors.token)) return send(403, { refused: "the token is missing or wrong" });
    send(200, await answer(request.method ?? "", request.url ?? "", (await bodyOf(request)) as Body, doors));
  } catch (error) {
    if (error instanceof KeeperRefusal) return send(409, { refused: error.message });
    if (error instanceof Misshapen || error instanceof SyntaxError || error instanceof RangeError)
      return send(422, { refused: error.message });
    // A fault says nothing about keys, not even where they lie.
    send(500, { refused: "fault" });
  }
}

async function answer(method: string, target: string, body: Body, { keeper, followClock }: KeeperDoors): Promise<object> {
  if (method === "GET" && target === "/health") return { status: "ok" };
  if (method === "POST" && target === "/clock" && followClock) {
    followClock({ anchorReal: textOf(body, "anchorReal"), anchorVirtual: textOf(body, "anchorVirtual"), tempo: numberOf(body, "tempo") });
    return {};
  }
  const [, lots, lotId = "", door] = target.split("/");
  if (method !== "POST" || lots !== "lots") throw new Misshapen("no such door");
  if (door === "keys") return { headerPublicKey: await keeper.createLot(lotId) };
  if (door === "tags") return keeper.tagOf(lotId, textOf(body, "organisation"));
  if (door === "own") {
    const ciphertexts = body.ciphertexts;
    if (!Array.isArray(ciphertexts)) throw new Misshapen("ciphertexts is no list");
    return {
      plaintexts: (
        await keeper.openOwn(
          lotId,
          textOf(body, "organisation"),
          ciphertexts.map((text) => fromBase64(String(text))),
        )
      ).map(base64),
    };
  }
  if (door !== "open") throw new Misshapen("no such door");
  const statement = { lotId, deadline: textOf(body, "deadline"), position: numberOf(body, "position"), sig: textOf(body, "sig") };
  return { headerSecret: hex(await keeper.openLot(statement)) };
}

function textOf(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw new Misshapen(`${name} is no text`);
  return value;
}

function numberOf(body: Body, name: string): number {
  const value = body[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Misshapen(`${name} is no number`);
  return value;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > 16_777_216) throw new Misshapen("the body is too large");
    pieces.push(piece);
  }
  return length === 0 ? {} : JSON.parse(Buffer.concat(pieces).toString("utf8"));
}

function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}

function listening(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
