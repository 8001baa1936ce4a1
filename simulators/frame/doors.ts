/**
 * The five doors of conventions.md §1, seen from the simulator: messages, asks, objects, the gap door, files.
 * A message is acknowledged only after it is durably stored; acknowledged never means done.
 */
import { hex, utf8 } from "../../formats/bytes.ts";
import {
  answerTo,
  judgeRepeat,
  type MessageHeaders,
  type Peer,
  type ProblemCode,
  problemOf,
  type ReceivedRequest,
  type Receiver,
  readEnvelope,
  type SignedAnswer,
  verifyRequest,
} from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Arrived, Book } from "./book.ts";
import { type Fault, findStruck, paramOf, withFalseContent } from "./fault-table.ts";
import type { Journal } from "./journal.ts";
import type { Context, SystemDefinition } from "./system-definition.ts";

export interface DoorParts<State, Effect> {
  readonly definition: SystemDefinition<State, Effect>;
  readonly book: Book<State, Effect>;
  readonly journal: Journal;
  readonly receiver: Receiver;
  readonly context: Context;
  readonly strike: (door: string, type?: string, object?: string) => Fault[];
  /** Told when something was written that others may have to hear of. */
  readonly wake: () => void;
}

/** The answer, or `cut` when a fault leaves the caller without one. */
export type DoorAnswer = SignedAnswer | "cut";
type Reply = { status: number; body: unknown; contentType?: string };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class Doors<State, Effect> {
  readonly #parts: DoorParts<State, Effect>;

  constructor(parts: DoorParts<State, Effect>) {
    this.#parts = parts;
  }

  async answer(request: ReceivedRequest): Promise<DoorAnswer> {
    const { receiver } = this.#parts;
    const verdict = verifyRequest(request, receiver);
    if (!verdict.ok) {
      this.#note(request, verdict.head, verdict.problem);
      return answerTo(verdict, receiver, { status: verdict.problem.status, body: verdict.problem });
    }
    const [path = "", query = ""] = request.target.split("?");
    const door = path.split("/")[2] ?? "";
    if (request.method === "POST" && (path === "/v1/messages" || path === "/v1/asks")) return this.#post(request, verdict, door);
    const struck = this.#parts.strike(door);
    const reply = this.#get(path, new URLSearchParams(query), verdict.head);
    this.#parts.journal.note({ at: this.#parts.context.now(), dir: "in", door, id: verdict.head.id, object: path, status: reply.status });
    return this.#underFaults(struck, verdict.head, () => reply);
  }

  /** Applies everything whose turn has come, one object after the other. */
  applyTurns(from: string, object: string): void {
    const { book, definition, context } = this.#parts;
    for (let turn = book.findTurn(from, object); turn !== undefined; turn = book.findTurn(from, object)) {
      const handle = definition.messages[turn.envelope.type];
      const act = handle ? handle(book.state, { ...turn.envelope, from }, context) : { effects: [] };
      book.applyTurn(turn, act);
      this.#parts.journal.note({
        at: context.now(),
        dir: "effect",
        door: "messages",
        type: turn.envelope.type,
        id: turn.envelope.id,
        object,
      });
    }
    this.#parts.wake();
  }

  async #post(request: ReceivedRequest, verified: { head: MessageHeaders; peer: Peer }, door: string): Promise<DoorAnswer> {
    const isAsk = door === "asks";
    const { definition, receiver } = this.#parts;
    const read = readEnvelope(request, verified, { schemas: isAsk ? definition.askSchemas : definition.schemas, isAsk });
    if (!read.ok) {
      this.#note(request, verified.head, read.problem);
      return answerTo(verified, receiver, { status: read.problem.status, body: read.problem });
    }
    const envelope = read.envelope;
    const struck = this.#parts.strike(door, envelope.type, envelope.object);
    return this.#underFaults(struck, verified.head, () => {
      const arrived: Arrived = {
        from: verified.head.from,
        envelope,
        bodySha256: hex(sha256(request.body)),
        receivedAt: this.#parts.context.now(),
      };
      const reply = isAsk ? this.#ask(arrived) : this.#accept(arrived, request.body);
      this.#parts.journal.note({
        at: arrived.receivedAt,
        dir: "in",
        door,
        type: envelope.type,
        id: envelope.id,
        object: envelope.object ?? "",
        seq: envelope.seq ?? 0,
        body: envelope,
        status: reply.status,
      });
      return reply;
    });
  }

  #accept(arrived: Arrived, body: Uint8Array): Reply {
    const { book, definition, context } = this.#parts;
    const { from, envelope } = arrived;
    const known = book.inbox.get(`${from} ${envelope.id}`);
    const repeat = judgeRepeat(known, body);
    if (repeat === "reused") return problemReply("msg.id-reused", envelope.id);
    if (known && repeat === "repeat")
      return { status: 202, body: { ack: { id: envelope.id, receivedAt: known.receivedAt, repeat: true } } };
    const order = book.order(from, envelope.object ?? "", envelope.seq ?? 0);
    if (order === "gapTooLarge") return problemReply("seq.gap-too-large", envelope.id);
    // A second message with a number that was already taken names another order of the same sender.
    if (order === "past") return problemReply("order.conflict", envelope.id);
    const refused = definition.precheck?.(book.state, { ...envelope, from }, context);
    if (refused !== undefined) return problemReply(refused, envelope.id);
    book.accept(arrived);
    this.applyTurns(from, envelope.object ?? "");
    return { status: 202, body: { ack: { id: envelope.id, receivedAt: arrived.receivedAt, repeat: false } } };
  }

  #ask({ from, envelope }: Arrived): Reply {
    const { definition, book, context } = this.#parts;
    const handle = definition.asks[envelope.type];
    if (handle === undefined) return problemReply("schema.invalid", envelope.id);
    const at = context.now();
    const body = handle(book.state, { ...envelope, from }, context);
    return {
      status: 200,
      body: {
        v: 1,
        schema: "1.0",
        type: `${envelope.type}Answer`,
        id: `a-${envelope.id}`.slice(0, 64),
        createdAt: at,
        occurredAt: at,
        correlates: envelope.id,
        system: "simulator",
        body,
      },
    };
  }

  #get(path: string, query: URLSearchParams, head: MessageHeaders): Reply {
    const [, , door, kind = "", ...rest] = path.split("/");
    if (door === "objects") return this.#object(kind, decodeURIComponent(rest.join("/")), head);
    if (door === "messages") {
      const limit = Math.min(Number(query.get("limit") ?? "500"), 500);
      return {
        status: 200,
        body: { messages: this.#parts.book.sentAbout(head.from, query.get("object") ?? "", Number(query.get("fromSeq") ?? "1"), limit) },
      };
    }
    if (door === "files") return kind === "" ? this.#fileList(query) : this.#file(decodeURIComponent(kind), head);
    return problemReply("object.unknown", head.id);
  }

  #object(kind: string, ourId: string, head: MessageHeaders): Reply {
    const { book, definition } = this.#parts;
    const object = `${kind}/${ourId}`;
    const first = [...book.inbox.values()].find((one) => one.from === head.from && one.envelope.object === object);
    const state = definition.object(book.state, kind, ourId);
    if (first === undefined || state === undefined) return problemReply("order.unknown", head.id);
    const lastResult = book.sent.findLast((one) => one.to === head.from && one.envelope.object === object)?.envelope;
    return { status: 200, body: { kind, ourId, ...state, firstMessageId: first.envelope.id, ...(lastResult ? { lastResult } : {}) } };
  }

  #fileList(query: URLSearchParams): Reply {
    const files = this.#parts.definition.files?.(this.#parts.book.state) ?? [];
    const wanted = files.filter((file) => file.kind === query.get("kind") && file.day === query.get("day"));
    return { status: 200, body: wanted.map(({ text, ...row }) => ({ ...row, bytes: utf8(text).length, sha256: hex(sha256(text)) })) };
  }

  #file(fileId: string, head: MessageHeaders): Reply {
    const file = this.#parts.definition.files?.(this.#parts.book.state).find((one) => one.fileId === fileId);
    return file === undefined
      ? problemReply("object.unknown", head.id)
      : { status: 200, body: utf8(file.text), contentType: "application/jsonl" };
  }

  /** @param effect runs unless a fault stops it before; what it did stays done when the answer is spoiled. */
  async #underFaults(struck: readonly Fault[], head: MessageHeaders, effect: () => Reply): Promise<DoorAnswer> {
    for (const fault of struck)
      this.#parts.journal.note({ at: this.#parts.context.now(), dir: "fault", door: fault.kind, id: head.id, faultId: fault.faultId });
    const delay = findStruck(struck, "delay");
    if (delay) await pause(paramOf(delay, "ms", 1_000));
    if (findStruck(struck, "dropBeforeEffect") || findStruck(struck, "silence")) return "cut";
    const status = findStruck(struck, "status");
    const reply = status ? statusReply(paramOf(status, "code", 503), head.id) : effect();
    const late = findStruck(struck, "timeoutAfterEffect");
    if (late) {
      await pause(paramOf(late, "ms", 0));
      return "cut";
    }
    return spoilAnswer(answerTo({ head }, this.#receiverUnder(struck), falseReply(reply, struck)), struck);
  }

  #receiverUnder(struck: readonly Fault[]): Receiver {
    const { receiver, context } = this.#parts;
    const bad = findStruck(struck, "badSignature");
    const clock = findStruck(struck, "wrongClock");
    const shift = clock ? paramOf(clock, "ms", 600_000) : 0;
    return {
      ...receiver,
      machineNow: () => receiver.machineNow() + shift,
      key: bad?.params.how === "otherKey" ? { kid: receiver.key.kid, secret: context.random(32) } : receiver.key,
    };
  }

  #note(request: ReceivedRequest, head: MessageHeaders | undefined, problem: { status: number; code: string }): void {
    this.#parts.journal.note({
      at: this.#parts.context.now(),
      dir: "in",
      door: request.target.split("?")[0] ?? "",
      id: head?.id ?? "",
      status: problem.status,
      code: problem.code,
    });
  }
}

function problemReply(code: ProblemCode, trace: string): Reply {
  const problem = problemOf(code, trace);
  return { status: problem.status, body: problem };
}

function statusReply(status: number, trace: string): Reply {
  const problem = problemOf(status === 429 ? "quota.exceeded" : status === 503 ? "service.unavailable" : "fault", trace);
  return { status, body: { ...problem, status } };
}

function falseReply(reply: Reply, struck: readonly Fault[]): Reply {
  const fault = findStruck(struck, "falseContent");
  if (fault && !(reply.body instanceof Uint8Array)) return { ...reply, body: withFalseContent(reply.body, fault) };
  const partial = findStruck(struck, "partialFile");
  if (!partial || !(reply.body instanceof Uint8Array)) return reply;
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length * paramOf(partial, "keep", 0.5))) };
}

function spoilAnswer(answer: SignedAnswer, struck: readonly Fault[]): SignedAnswer {
  const how = findStruck(struck, "badSignature")?.params.how;
  const headers = { ...answer.headers };
  if (how === "missing") delete headers["Msg-Sig"];
  if (how === "flip") headers["Msg-Sig"] = (headers["Msg-Sig"] ?? "").replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  if (findStruck(struck, "malformed")) return { ...answer, headers, body: answer.body.slice(0, -2) };
  return findStruck(struck, "oversize") ? { ...answer, headers, body: utf8(" ".repeat(1_100_000)) } : { ...answer, headers };
}
