/**
 * The sandbox wallet (decisions §3): the process that stands for everybody's tokens. The sandbox driver creates
 * people with its token; the page of the portal loads the keys of the person who was chosen; the platform server
 * never sees them. It exists in a sandbox only.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type SignatureFamily, signatureFamilies } from "../../formats/act-signature.ts";
import { concat } from "../../formats/bytes.ts";
import type { Peer } from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import { isSameToken } from "../frame/control-doors.ts";
import { ownKeysIn, peerRowOf } from "../frame/own-keys.ts";
import type { Machine, RunningSimulator } from "../frame/simulator.ts";
import { type DeskOrder, openDesk, runDesk } from "./desk-runner.ts";
import { enrolCertificate } from "./enrolment.ts";
import { newPair } from "./key-pair.ts";
import { type AboutPerson, newPerson, type PersonSecrets, publicPart, secretPart } from "./person-keys.ts";
import { Safe } from "./safe.ts";

export interface WalletOptions {
  readonly home: string;
  readonly token: string;
  readonly machine: Machine;
  readonly port?: number;
}

interface Settings {
  readonly authority?: Peer;
  readonly portalOrigins: readonly string[];
  /** ≥ 1 in a story: people's keys follow from it, so that draws and scores are golden. */
  readonly seed?: number;
}

type Answer = { status: number; body: object };
const idPattern = /^[A-Za-z0-9._-]{1,64}$/;
export const walletSystem = "sandbox-wallet";

export async function startWallet(options: WalletOptions): Promise<RunningSimulator> {
  const wallet = new Wallet(options);
  const server = createServer((request, response) => void wallet.serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  wallet.url = url;
  const stop = async () => {
    wallet.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, peer: peerRowOf(ownKeysIn(options.home, options.machine.random), walletSystem, url), stop };
}

/** Bytes of SHA-256(seed, person, counter): keys of a story, never of a sandbox that people use. */
function seededBytes(seed: number, personId: string): (length: number) => Uint8Array<ArrayBuffer> {
  let counter = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () => sha256(`sandbox wallet\n${seed}\n${personId}\n${counter++}`));
    return concat(...blocks).slice(0, length);
  };
}

class Wallet {
  readonly #options: WalletOptions;
  readonly #safe: Safe<PersonSecrets>;
  readonly #settingsPath: string;
  #settings: Settings = { portalOrigins: [] };
  readonly #creating = new Map<string, Promise<PersonSecrets>>();
  readonly #desks = new Map<string, { state: "running" | "done" | "failed"; reason?: string }>();

  #isStopped = false;
  url = "";

  constructor(options: WalletOptions) {
    this.#options = options;
    this.#safe = new Safe(options.home, options.machine.random);
    this.#settingsPath = join(options.home, "settings.json");
    if (existsSync(this.#settingsPath)) this.#settings = JSON.parse(readFileSync(this.#settingsPath, "utf8")) as Settings;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = request.headers.origin;
    const isPortal = origin !== undefined && this.#settings.portalOrigins.includes(origin);
    const cors: Record<string, string> = isPortal
      ? {
          "access-control-allow-origin": origin,
          vary: "origin",
          "access-control-allow-headers": "content-type",
          "access-control-allow-methods": "GET, POST",
        }
      : {};
    const send = ({ status, body }: Answer) =>
      void response
        .writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...cors })
        .end(JSON.stringify(body));
    try {
      if (request.method === "OPTIONS") return send({ status: isPortal ? 200 : 403, body: {} });
      const isDriver = isSameToken(String(request.headers["sim-token"] ?? ""), this.#options.token);
      send(await this.#answer(request, { isDriver, isPortal }));
    } catch (error) {
      send({ status: error instanceof SyntaxError ? 400 : 500, body: { error: error instanceof Error ? error.message : String(error) } });
    }
  }

  async #answer(request: IncomingMessage, caller: { isDriver: boolean; isPortal: boolean }): Promise<Answer> {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const [, wallet, persons, personId = "", door = "", ceremonyId = "", verb = ""] = path.split("/").map(decodeURIComponent);
    const body = request.method === "POST" ? ((await bodyOf(request)) as Record<string, unknown>) : {};
    if (path === "/wallet/settings" && request.method === "POST") return caller.isDriver ? this.#configure(body) : forbidden;
    if (wallet !== "wallet" || persons !== "persons" || (personId !== "" && !idPattern.test(personId))) return unknown;
    if (personId === "")
      return request.method === "POST" && caller.isDriver
        ? this.#create(body)
        : request.method === "GET"
          ? { status: 200, body: { persons: this.#safe.persons() } }
          : forbidden;
    const person = this.#safe.find(personId);
    if (person === undefined) return unknown;
    if (door === "" && request.method === "GET") return { status: 200, body: await publicPart(person) };
    if (!caller.isDriver && !caller.isPortal) return forbidden;
    if (door === "keys" && request.method === "GET") return { status: 200, body: secretPart(person) };
    return door === "ceremonies" && idPattern.test(ceremonyId)
      ? this.#ceremony({ person, ceremonyId, verb }, request.method ?? "", body)
      : unknown;
  }

  #configure(body: Record<string, unknown>): Answer {
    this.#settings = { ...this.#settings, ...(body as Partial<Settings>) };
    writeFileSync(this.#settingsPath, JSON.stringify(this.#settings), { mode: 0o600, flush: true });
    const peer = peerRowOf(ownKeysIn(this.#options.home, this.#options.machine.random), walletSystem, this.url);
    return {
      status: 200,
      body: { peer, portalOrigins: this.#settings.portalOrigins, authority: this.#settings.authority?.system ?? null },
    };
  }

  async #create(body: Record<string, unknown>): Promise<Answer> {
    const { personId, name, organisation, renew, family } = body as {
      personId?: string;
      name?: string;
      organisation?: { creditCode: string; name: string };
      renew?: boolean;
      family?: SignatureFamily;
    };
    if (!personId || !idPattern.test(personId) || !name || (family && !signatureFamilies.includes(family)))
      return { status: 422, body: { error: "personId, name or family is misshapen" } };
    const work =
      this.#creating.get(personId) ??
      this.#createOnce({ personId, name, ...(organisation ? { organisation } : {}), ...(family ? { family } : {}) }, renew === true);
    this.#creating.set(personId, work);
    try {
      return { status: 200, body: await publicPart(await work) };
    } finally {
      this.#creating.delete(personId);
    }
  }

  /** Keys first and on disk, then certificates: what stops half-way goes on at the next call. */
  async #createOnce(about: AboutPerson, renew: boolean): Promise<PersonSecrets> {
    const { authority } = this.#settings;
    if (authority === undefined) throw new Error("no authority is known to the wallet");
    const { machine, home } = this.#options;
    let person =
      this.#safe.find(about.personId) ??
      newPerson(about, this.#settings.seed ? seededBytes(this.#settings.seed, about.personId) : machine.random);
    this.#safe.put(about.personId, person);
    const sender = { system: walletSystem, key: ownKeysIn(home, machine.random).message, machineNow: machine.now, random: machine.random };
    // A passkey has no certificate: the registrar answers for it.
    const uses = person.family === "passkey" ? [] : (["sign", "seal"] as const);
    for (const use of uses) {
      if (person.certificates[use] && !renew) continue;
      const held = await enrolCertificate(person, use, { authority, sender });
      const kept = this.#safe.find(about.personId) ?? person;
      person = { ...kept, certificates: { ...kept.certificates, [use]: held } };
      this.#safe.put(about.personId, person);
    }
    return person;
  }

  #ceremony(
    { person, ceremonyId, verb }: { person: PersonSecrets; ceremonyId: string; verb: string },
    method: string,
    body: Record<string, unknown>,
  ): Answer {
    const { personId } = person;
    const key = `${personId} ${ceremonyId}`;
    const desk = person.desks[ceremonyId];
    if (method === "GET" && verb === "share")
      return desk?.share ? { status: 200, body: { share: desk.share, signKey: desk.sign.key, encKey: desk.enc.key } } : unknown;
    if (method === "GET" && verb === "")
      return desk
        ? {
            status: 200,
            body: {
              signKey: desk.sign.key,
              encKey: desk.enc.key,
              desk: this.#desks.get(key) ?? { state: desk.share ? "done" : "waiting" },
            },
          }
        : unknown;
    if (method !== "POST") return unknown;
    if (verb === "") {
      const { random } = this.#options.machine;
      const opened = openDesk(person, ceremonyId, { sign: newPair(random), enc: newPair(random) });
      this.#safe.put(personId, opened);
      const made = opened.desks[ceremonyId];
      return { status: 200, body: { signKey: made?.sign.key, encKey: made?.enc.key } };
    }
    if (verb !== "accept" || !desk) return unknown;
    if (this.#desks.get(key)?.state === "running") return { status: 200, body: { state: "running" } };
    this.#desks.set(key, { state: "running" });
    void runDesk(personId, ceremonyId, body as unknown as DeskOrder, {
      safe: this.#safe,
      machine: this.#options.machine,
      pauseMs: 200,
      isStopped: () => this.#isStopped,
    }).then(
      () => this.#desks.set(key, { state: "done" }),
      (error: Error) => this.#desks.set(key, { state: "failed", reason: error.message }),
    );
    return { status: 202, body: { state: "running" } };
  }
}

const forbidden: Answer = { status: 403, body: { error: "only the sandbox driver or the portal's page may ask this" } };
const unknown: Answer = { status: 404, body: { error: "no such person or door" } };

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return pieces.length === 0 ? {} : JSON.parse(Buffer.concat(pieces).toString("utf8"));
}
