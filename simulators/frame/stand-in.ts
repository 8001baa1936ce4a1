/**
 * A peer for tests of the simulators: keys of its own, a small server that takes and acknowledges messages, and
 * the three ways to speak. It is no platform and judges nothing; what it received is read by the test.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hex, utf8 } from "../../formats/bytes.ts";
import {
  answerTo,
  type Envelope,
  fieldKeyOf,
  messageKeyOf,
  NonceMemory,
  type Outcome,
  type Peer,
  pairsOf,
  type Receiver,
  type SignedAnswer,
  transmissionTo,
  verifyRequest,
} from "../../formats/exchange/index.ts";
import { machine } from "./main.ts";
import { fetchAnswer } from "./outbox.ts";

export class StandIn {
  readonly received: Envelope[] = [];
  readonly refused: string[] = [];
  readonly fieldSecret = machine.random(32);
  readonly #key = { kid: "e1", secret: machine.random(32) };
  readonly #server: Server;
  readonly #peers = new Map<string, Peer>();
  readonly #seq = new Map<string, number>();
  #next = 1;
  url = "";

  constructor(system = "egret") {
    this.system = system;
    const receiver: Receiver = {
      system: this.system,
      environment: "sandbox",
      key: this.#key,
      findPeer: (system) => this.#peers.get(system),
      nonces: new NonceMemory(),
      machineNow: machine.now,
    };
    this.#server = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
      const answer = this.#take(
        {
          method: request.method ?? "",
          target: request.url ?? "",
          pairs: pairsOf(request.rawHeaders),
          body: new Uint8Array(Buffer.concat(pieces)),
        },
        receiver,
      );
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }

  readonly system: string;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  row(): Peer {
    return {
      system: this.system,
      baseUrl: this.url,
      environment: "sandbox",
      keys: [messageKeyOf(this.#key, "2020-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z")],
      fieldKey: fieldKeyOf(this.fieldSecret),
    };
  }

  knows(peer: Peer): void {
    this.#peers.set(peer.system, peer);
  }

  envelope(type: string, object: string, body: object): Envelope & { object: string } {
    const seq = (this.#seq.get(object) ?? 0) + 1;
    this.#seq.set(object, seq);
    const at = new Date(machine.now()).toISOString();
    return {
      v: 1,
      schema: "1.0",
      type,
      id: `e-${hex(machine.random(4))}-${this.#next++}`,
      object,
      seq,
      createdAt: at,
      occurredAt: at,
      body: body as Record<string, unknown>,
    };
  }

  post(peer: Peer, envelope: Envelope): Promise<Outcome> {
    return this.#send(peer, { method: "POST", target: "/v1/messages", id: envelope.id, body: utf8(JSON.stringify(envelope)) });
  }

  ask(peer: Peer, type: string, body: object): Promise<Outcome> {
    const { object: _object, seq: _seq, ...ask } = this.envelope(type, `ask/${this.#next}`, body);
    return this.#send(peer, { method: "POST", target: "/v1/asks", id: ask.id, body: utf8(JSON.stringify(ask)) });
  }

  get(peer: Peer, target: string): Promise<Outcome> {
    return this.#send(peer, { method: "GET", target, id: `g-${this.#next++}` });
  }

  /** Waits for a received message; polling stands here because a test has nothing to be woken by. */
  async waitFor(type: string, count = 1): Promise<Envelope> {
    for (let i = 0; i < 400; i++) {
      const found = this.received.filter((envelope) => envelope.type === type);
      if (found.length >= count) return found[count - 1] as Envelope;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(
      `no ${type} within 10 s; received ${this.received.map(({ type: one }) => one).join(", ")}; refused ${this.refused.join(", ")}`,
    );
  }

  #send(peer: Peer, what: Parameters<typeof transmissionTo>[2]): Promise<Outcome> {
    const sender = { system: this.system, key: this.#key, machineNow: machine.now, random: machine.random };
    return fetchAnswer(transmissionTo(peer, sender, what), peer);
  }

  #take(request: Parameters<typeof verifyRequest>[0], receiver: Receiver): SignedAnswer {
    const verdict = verifyRequest(request, receiver);
    if (!verdict.ok) {
      this.refused.push(verdict.problem.code);
      return answerTo(verdict, receiver, { status: verdict.problem.status, body: verdict.problem });
    }
    const envelope = JSON.parse(new TextDecoder().decode(request.body)) as Envelope;
    this.received.push(envelope);
    return answerTo(verdict, receiver, {
      status: 202,
      body: { ack: { id: envelope.id, receivedAt: new Date(machine.now()).toISOString(), repeat: false } },
    });
  }
}

/** A running simulator with its control door, and a stand-in that is its peer. */
export async function control(url: string, token: string, door: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/sim/v1/${door}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "sim-token": token, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(`${door}: ${answer.status} ${JSON.stringify(value)}`);
  return value;
}
