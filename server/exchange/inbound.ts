/**
 * The platform's ear (conventions.md §2, §5, §6): verifies a request, stores a message durably, acknowledges it.
 * A message is a claim, not a fact: whoever applies it asks first whether the step is lawful now.
 *
 * Free of any HTTP framework: raw header pairs and raw bytes in, signed answer out.
 */
import { hex } from "../../formats/bytes.ts";
import {
  answerTo,
  type BodySchemas,
  bankMessages,
  certificateMessages,
  type Envelope,
  expertPoolMessages,
  fieldKeyOf,
  gatewayMessages,
  judgeOrder,
  judgeRepeat,
  type MessageHeaders,
  messageKeyOf,
  NonceMemory,
  type Peer,
  type ProblemCode,
  problemOf,
  type ReceivedRequest,
  type Receiver,
  readEnvelope,
  type SignedAnswer,
  type SigningKey,
  verifyRequest,
} from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Clock } from "../kernel/index.ts";
import { crashPoint } from "../runtime/crash/crash-points.ts";

/** A message as it is kept for evidence: raw body, all headers, arrival stamp. */
export interface InboxMessage {
  readonly from: string;
  readonly envelope: Envelope & { readonly object: string; readonly seq: number };
  readonly bodySha256: string;
  readonly rawBody: Uint8Array;
  readonly headers: ReceivedRequest["pairs"];
  readonly receivedAt: string;
}

/** Durable memory of what came in; made by the caller on its database. */
export interface Inbox {
  find(from: string, id: string): Promise<{ bodySha256: string; receivedAt: string } | undefined>;
  /** The number that is applied next for this sender and object, 1 at first. */
  nextSeq(from: string, object: string): Promise<number>;
  /** Durable when it resolves; false when the id came in meanwhile (unique on sender and id). */
  store(message: InboxMessage): Promise<boolean>;
}

/** Which areas of `type` a peer may speak about, by its system code; approved with the peer file. */
export type Scopes = Readonly<Record<string, readonly string[]>>;

/** The simulators of a sandbox (conventions.md §11). */
export const sandboxScopes: Scopes = { "sim-bank": ["bank."], "sim-ca-a": ["ca."], "sim-pool": ["pool."], "sim-msg": ["msg."] };

export interface InboundOptions {
  readonly system: string;
  readonly environment: "sandbox" | "production";
  readonly key: SigningKey;
  readonly fieldSecret: Uint8Array;
  readonly peers: readonly Peer[];
  readonly scopes: Scopes;
  readonly inbox: Inbox;
  /** Trade time: the arrival stamp. */
  readonly clock: Clock;
  readonly machineClock: Clock;
  /** Told after a message was stored. */
  readonly arrived?: (message: InboxMessage) => void;
  /** Told of refusals, for the journal (BK05). */
  readonly refused?: (from: string | undefined, code: ProblemCode) => void;
}

/** Which types each kind of peer may send us; everything else is out of its scope. */
const areas: Readonly<Record<string, BodySchemas>> = {
  "bank.": only(bankMessages, [
    "bank.poolOpened",
    "bank.receipt",
    "bank.receiptReversed",
    "bank.cancelResult",
    "bank.transferResult",
    "bank.interestPosted",
    "bank.accountFrozen",
    "bank.accountUnfrozen",
  ]),
  "ca.": only(certificateMessages, ["ca.issued", "ca.refused", "ca.revoked", "ca.statusChanged"]),
  "pool.": only(expertPoolMessages, ["pool.candidates", "pool.tooFew", "pool.answer", "pool.suspended", "pool.feedbackReceived"]),
  "msg.": only(gatewayMessages, [
    "msg.templateAccepted",
    "msg.templateRefused",
    "msg.accepted",
    "msg.refused",
    "msg.delivery",
    "msg.reply",
  ]),
};
const allSchemas: BodySchemas = Object.assign({}, ...Object.values(areas));

export class Inbound {
  readonly #options: InboundOptions;
  readonly #receiver: Receiver;

  constructor(options: InboundOptions) {
    this.#options = options;
    const { system, environment, key, peers, machineClock } = options;
    this.#receiver = {
      system,
      environment,
      key,
      findPeer: (code) => peers.find((peer) => peer.system === code),
      nonces: new NonceMemory(),
      machineNow: () => machineClock.now(),
    };
  }

  /** Our row for the peer files of others. */
  ownRow(baseUrl: string): Peer {
    const { system, environment, key, fieldSecret } = this.#options;
    return {
      system,
      baseUrl,
      environment,
      keys: [messageKeyOf(key, "2020-01-01T00:00:00.000Z", "2099-12-31T00:00:00.000Z")],
      fieldKey: fieldKeyOf(fieldSecret),
    };
  }

  /** `POST /v1/messages`. Other doors of ours are not open yet and answer `object.unknown`. */
  async handle(request: ReceivedRequest): Promise<SignedAnswer> {
    const verdict = verifyRequest(request, this.#receiver);
    if (!verdict.ok) {
      this.#options.refused?.(verdict.head?.from, verdict.problem.code);
      return answerTo(verdict, this.#receiver, { status: verdict.problem.status, body: verdict.problem });
    }
    if (request.method !== "POST" || request.target.split("?")[0]?.endsWith("/v1/messages") !== true)
      return this.#refuse(verdict.head, "object.unknown");
    const read = readEnvelope(request, verdict, { schemas: allSchemas, isAsk: false });
    if (!read.ok) {
      this.#options.refused?.(verdict.head.from, read.problem.code);
      return answerTo(verdict, this.#receiver, { status: read.problem.status, body: read.problem });
    }
    if (!(this.#options.scopes[verdict.peer.system] ?? []).some((area) => read.envelope.type.startsWith(area)))
      return this.#refuse(verdict.head, "scope.missing");
    return this.#take(request, verdict.head, read.envelope as InboxMessage["envelope"]);
  }

  async #take(request: ReceivedRequest, head: MessageHeaders, envelope: InboxMessage["envelope"]): Promise<SignedAnswer> {
    const { inbox, clock } = this.#options;
    const known = await inbox.find(head.from, envelope.id);
    const repeat = judgeRepeat(known, request.body);
    if (repeat === "reused") return this.#refuse(head, "msg.id-reused");
    if (known) return this.#acknowledge(head, known.receivedAt, true);
    const order = judgeOrder(await inbox.nextSeq(head.from, envelope.object), envelope.seq);
    if (order === "gapTooLarge") return this.#refuse(head, "seq.gap-too-large");
    // A number that was already taken, under another id: the sender contradicts itself.
    if (order === "past") return this.#refuse(head, "order.conflict");
    const receivedAt = new Date(clock.now()).toISOString();
    const message: InboxMessage = {
      from: head.from,
      envelope,
      bodySha256: hex(sha256(request.body)),
      rawBody: request.body,
      headers: request.pairs,
      receivedAt,
    };
    if (!(await inbox.store(message))) return this.#take(request, head, envelope);
    crashPoint("CP15.stored");
    this.#options.arrived?.(message);
    return this.#acknowledge(head, receivedAt, false);
  }

  /** 202 means: signature good, shape good, stored durably. It never means done. */
  #acknowledge(head: MessageHeaders, receivedAt: string, repeat: boolean): SignedAnswer {
    return answerTo({ head }, this.#receiver, { status: 202, body: { ack: { id: head.id, receivedAt, repeat } } });
  }

  #refuse(head: MessageHeaders, code: ProblemCode): SignedAnswer {
    this.#options.refused?.(head.from, code);
    const problem = problemOf(code, head.id);
    return answerTo({ head }, this.#receiver, { status: problem.status, body: problem });
  }
}

function only(schemas: BodySchemas, types: readonly string[]): BodySchemas {
  return Object.fromEntries(Object.entries(schemas).filter(([type]) => types.includes(type)));
}
