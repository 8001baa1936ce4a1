/**
 * The control doors of a simulator (conventions.md §10), `/sim/v1/…`: loopback only, with the header Sim-Token.
 * Only the sandbox process and tests knock here; the platform never does.
 */
import { timingSafeEqual } from "node:crypto";
import type { Peer } from "../../formats/exchange/index.ts";
import { systemCodePattern } from "../../formats/exchange/index.ts";
import type { Book } from "./book.ts";
import { type FaultTable, readFaultOrder } from "./fault-table.ts";
import type { Journal } from "./journal.ts";
import { type ClockPush, readClockPush } from "./sandbox-clock.ts";
import { type Context, isRefused, type SystemDefinition } from "./system-definition.ts";

export interface ControlParts<State, Effect> {
  readonly definition: SystemDefinition<State, Effect>;
  readonly book: Book<State, Effect>;
  readonly journal: Journal;
  readonly faults: FaultTable;
  readonly context: Context;
  readonly token: string;
  readonly ownRow: () => Peer;
  readonly setClock: (push: ClockPush) => void;
  readonly wake: () => void;
}

export type ControlAnswer = { readonly status: number; readonly body: unknown };

export class ControlDoors<State, Effect> {
  readonly #parts: ControlParts<State, Effect>;

  constructor(parts: ControlParts<State, Effect>) {
    this.#parts = parts;
  }

  answer(request: { method: string; target: string; token: string; body: unknown }): ControlAnswer {
    if (!isSameToken(request.token, this.#parts.token)) return { status: 403, body: { error: "Sim-Token is missing or wrong" } };
    const [path = "", query = ""] = request.target.split("?");
    const [door = "", id = ""] = path.split("/").slice(3);
    return request.method === "GET"
      ? this.#read(door, id, new URLSearchParams(query))
      : this.#write(request.method, door, id, request.body);
  }

  #read(door: string, part: string, query: URLSearchParams): ControlAnswer {
    const { definition, book, journal, faults } = this.#parts;
    if (door === "books" && part === "knowledge")
      return { status: 200, body: { system: "simulator", values: knowledgeOf([...book.inbox.values()].map(({ envelope }) => envelope)) } };
    if (door === "books") return { status: 200, body: definition.books(book.state) };
    if (door === "state")
      return {
        status: 200,
        body: {
          system: definition.system,
          label: "simulator",
          title: definition.title,
          seed: book.seed,
          now: this.#parts.context.now(),
          pending: book.pending().length,
          waiting: book.waiting().length,
          peer: this.#parts.ownRow(),
        },
      };
    if (door === "faults") return { status: 200, body: faults.list() };
    if (door === "journal")
      return { status: 200, body: journal.after(Number(query.get("after") ?? "0"), Number(query.get("limit") ?? "1000")) };
    return unknownDoor;
  }

  #write(method: string, door: string, id: string, body: unknown): ControlAnswer {
    const { book, faults } = this.#parts;
    if (method === "DELETE" && door === "faults") return faults.remove(id) ? { status: 200, body: {} } : unknownDoor;
    if (method !== "POST") return unknownDoor;
    if (door === "peers") return this.#peer(body);
    if (door === "drive") return this.#drive(body);
    if (door === "clock") return this.#clock(body);
    if (door === "faults") {
      const order = readFaultOrder(body);
      return order ? { status: 200, body: { faultId: faults.add(order) } } : misshapen("fault");
    }
    if (door === "reset") {
      const seed = (body as { seed?: unknown } | null)?.seed;
      if (!Number.isSafeInteger(seed)) return misshapen("seed");
      faults.clear();
      book.reset(seed as number);
      return { status: 200, body: {} };
    }
    return unknownDoor;
  }

  #peer(body: unknown): ControlAnswer {
    const peer = body as Peer | null;
    if (!peer || !systemCodePattern.test(peer.system ?? "") || !Array.isArray(peer.keys) || !URL.canParse(peer.baseUrl))
      return misshapen("peer");
    // A simulator belongs to a sandbox: it does not speak to production at all.
    if (peer.environment !== "sandbox") return { status: 422, body: { error: "env.mismatch" } };
    this.#parts.book.addPeer(peer);
    this.#parts.wake();
    return { status: 200, body: this.#parts.ownRow() };
  }

  #clock(body: unknown): ControlAnswer {
    const push = readClockPush(body);
    if (push === undefined) return misshapen("clock");
    this.#parts.setClock(push);
    this.#parts.wake();
    return { status: 200, body: { now: this.#parts.context.now() } };
  }

  #drive(body: unknown): ControlAnswer {
    const { definition, book, context, journal } = this.#parts;
    const { act, ...args } = (body ?? {}) as { act?: string } & Record<string, unknown>;
    const drive = act === undefined ? undefined : definition.drives[act];
    if (drive === undefined)
      return { status: 422, body: { error: `no such act; there are: ${Object.keys(definition.drives).join(", ")}` } };
    const result = drive(book.state, args, context);
    if (isRefused(result)) return { status: 409, body: { error: result.refuse, detail: result.detail } };
    book.act(result);
    journal.note({ at: context.now(), dir: "effect", door: "drive", type: act ?? "" });
    this.#parts.wake();
    return { status: 200, body: result.reply ?? {} };
  }
}

/** Every distinct value ever received, for a knowledge scan (conventions.md §11). */
function knowledgeOf(value: unknown, found = new Set<string>()): string[] {
  if (typeof value === "object" && value !== null) for (const item of Object.values(value)) knowledgeOf(item, found);
  else found.add(String(value));
  return [...found].sort();
}

const unknownDoor: ControlAnswer = { status: 404, body: { error: "no such control door" } };

function misshapen(what: string): ControlAnswer {
  return { status: 422, body: { error: `${what} is misshapen` } };
}

/** Constant in time, so that a token cannot be guessed byte by byte. */
export function isSameToken(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
