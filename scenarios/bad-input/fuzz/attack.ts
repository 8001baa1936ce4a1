/**
 * Attacks every route of a running edge, as nobody, as a bidder and as a member of staff, and says what came of it. A route
 * is found in the edge's own list, so that one added tomorrow is attacked too; each act counts as a route of its own.
 */
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { FastifyInstance, HTTPMethods } from "fastify";
import { signCommand } from "../../../formats/act.ts";
import type { TestHouse, TestPerson } from "../../../server/app/testing/test-house.ts";
import { openSession } from "../../../server/identity/index.ts";
import { newId, type Random, randomBelow } from "../../../server/kernel/index.ts";
import { machineClock } from "../../../server/runtime/clock/clock.ts";
import { bent, brokenBody, fitting, hostileSegment, hostileText, hostileValue, pick } from "./hostile.ts";

export interface Target {
  edge: FastifyInstance;
  house: TestHouse;
  people: readonly TestPerson[];
  /** A lot that is there. */
  lotId: string;
}

export interface Outcome {
  route: string;
  status: number;
  code: string;
  /** What must never be: a fault, a stack, words of the machine, a missing header. */
  breaches: string[];
}

export interface Route {
  method: HTTPMethods;
  path: string;
}

/** The routes of the edge, from the tree that it prints. */
export function routesOf(edge: FastifyInstance): Route[] {
  const routes: Route[] = [];
  const above: string[] = [];
  for (const line of edge.printRoutes({ commonPrefix: false }).split("\n")) {
    const found = /^((?:│ {3}| {4})*)(?:├── |└── )(\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!found) continue;
    const depth = (found[1]?.length ?? 0) / 4;
    above.splice(depth, above.length, found[2] ?? "");
    const path = above.join("");
    for (const method of (found[3] ?? "").split(", ").filter(Boolean)) routes.push({ method: method as HTTPMethods, path });
  }
  return routes.filter(({ method }) => method !== "HEAD" && method !== "OPTIONS");
}

/** Words that only a machine says: of a stack, a path, a database. */
const machineWords =
  /\bat (?:async )?[\w.<>]+ \(|node_modules|file:\/\/|\/(?:work|home|tmp|root)\/|relation "|syntax error at|violates .* constraint|ECONN|TypeError|RangeError/;

const headers = ["x-content-type-options", "referrer-policy", "x-frame-options", "cross-origin-opener-policy", "trace-id"];

export class Attack {
  readonly #target: Target;
  readonly #random: Random;
  readonly #tokens = new Map<string, string>();

  constructor(target: Target, random: Random) {
    this.#target = target;
    this.#random = random;
  }

  /** Sessions of the attackers; anew for each round, because they sign one another out. */
  async begin(): Promise<void> {
    for (const { personId } of this.#target.people) {
      const wish = { personId, machineNow: machineClock.now(), random: this.#random };
      this.#tokens.set(personId, await openSession(this.#target.house.house.pool, wish));
    }
  }

  /** One hostile request to a route that is no act. */
  async route({ method, path }: Route): Promise<Outcome> {
    const random = this.#random;
    const url = path.replaceAll(/:\w+|\*/g, (name) =>
      name === ":lotId" && randomBelow(random, 3) === 0 && !path.endsWith("/stream") ? this.#target.lotId : hostileSegment(random),
    );
    const query = randomBelow(random, 3) === 0 ? `?${hostileSegment(random)}=${hostileSegment(random)}&lang=${hostileSegment(random)}` : "";
    const text = JSON.stringify(hostileValue(random)) ?? "null";
    const payload = method === "GET" ? undefined : randomBelow(random, 2) === 0 ? text : brokenBody(random, text);
    return this.#send(`${method} ${path}`, { method, url: url + query, payload });
  }

  /** One hostile command: of a wrong form, of a wrong signature, or signed and right but for its data. */
  async act(name: string): Promise<Outcome> {
    const { house, lotId } = this.#target;
    const random = this.#random;
    const definition = house.house.acts.get(name);
    if (!definition) throw new Error(`there is no act ${name}`);
    const person = pick(random, this.#target.people);
    const about =
      definition.about === "lot"
        ? pick(random, [lotId, lotId, lotId, "lot_01JZZZZZZZZZZZZZZZZZZZZZZZ", hostileText(random).slice(0, 60)])
        : null;
    const fits = fitting(definition.data, random);
    const data = dataFrom(definition.data, { mayAct: definition.who.includes(person.role), fits }, random);
    const { membershipId: membership } = person;
    const commandId = newId("cmd", house.clock.now(), random);
    const { nonce } = house.house.nonces.issue({ act: name, membership, lotId: about });
    const command = {
      v: 1 as const,
      act: name,
      commandId,
      membership,
      lotId: about,
      data: JSON.parse(JSON.stringify(data ?? null)),
      nonce,
    };
    const payload = this.#commandText(command, person);
    return this.#send(`act ${name}`, { method: "POST", url: `/api/v1/acts/${name}`, payload, key: commandId, by: person });
  }

  #commandText(command: Parameters<typeof signCommand>[0], person: TestPerson): string | Buffer {
    const random = this.#random;
    let signed: object;
    try {
      signed = signCommand(command, person.secretKey);
    } catch {
      // What has no canonical form cannot be signed; it is sent with a signature over something else.
      signed = { ...command, sig: "00".repeat(64) };
    }
    const way = randomBelow(random, 6);
    if (way === 0) return brokenBody(random, JSON.stringify(signed));
    if (way === 1) return JSON.stringify({ ...signed, sig: hostileValue(random) });
    if (way === 2) return JSON.stringify(bent(signed, random)) ?? "null";
    return JSON.stringify(signed);
  }

  async #send(
    route: string,
    wish: { method: HTTPMethods; url: string; payload?: string | Buffer | undefined; key?: string; by?: TestPerson },
  ): Promise<Outcome> {
    const random = this.#random;
    const by = wish.by ?? pick(random, [undefined, ...this.#target.people]);
    const answer = await this.#target.edge.inject({
      method: wish.method as "GET",
      url: wish.url,
      headers: {
        ...(wish.payload === undefined ? {} : { "content-type": "application/json" }),
        ...(by ? { authorization: `Bearer ${this.#tokens.get(by.personId)}`, "egret-membership": by.membershipId } : {}),
        ...(wish.key ? { "idempotency-key": wish.key } : {}),
      },
      ...(wish.payload === undefined ? {} : { payload: wish.payload }),
    });
    return { route, status: answer.statusCode, code: codeOf(answer.body), breaches: breachesOf(answer) };
  }
}

/** Whoever may do an act sends what has not its form; what has it is sent by those who may not. So nothing is ever accepted. */
function dataFrom(form: TSchema, { mayAct, fits }: { mayAct: boolean; fits: unknown }, random: Random): unknown {
  if (!mayAct) return randomBelow(random, 4) === 0 ? bent(fits, random) : fits;
  const data = bent(fits, random);
  return Value.Check(form, data) ? hostileText(random) : data;
}

function codeOf(body: string): string {
  try {
    return String((JSON.parse(body) as { code?: string } | null)?.code ?? "");
  } catch {
    return "";
  }
}

export function breachesOf({
  statusCode,
  body,
  headers: told,
}: {
  statusCode: number;
  body: string;
  headers: Record<string, unknown>;
}): string[] {
  const found: string[] = [];
  if (statusCode >= 500 && !(statusCode === 503 && told["retry-after"] !== undefined)) found.push(`status ${statusCode}`);
  const words = statusCode >= 400 ? machineWords.exec(body)?.[0] : undefined;
  if (words !== undefined) found.push(`says "${words}"`);
  if (statusCode >= 400 && !/^application\/problem\+json/.test(String(told["content-type"] ?? "")))
    found.push(`no problem, but ${told["content-type"]}`);
  for (const name of headers) if (told[name] === undefined) found.push(`no ${name}`);
  return found;
}
