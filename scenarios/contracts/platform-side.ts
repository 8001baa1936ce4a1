/**
 * The platform's side of the contract tests: the real client, ear and adapters over HTTP, with an inbox in memory
 * where the platform has a table. One table of cases runs against the simulators today, the real systems later.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hex } from "../../formats/bytes.ts";
import { pairsOf } from "../../formats/exchange/index.ts";
import {
  type Delivery,
  ExchangeClient,
  Inbound,
  type Inbox,
  type InboxMessage,
  type MessageDraft,
  messageFrom,
  sandboxScopes,
} from "../../server/exchange/index.ts";
import { machineClock, machineRandom, VirtualClock } from "../../server/runtime/clock/clock.ts";
import { type Simulators, startSimulators } from "../../simulators/start.ts";

export const joinKey = { id: "join-1", key: "ab".repeat(32) };

class MemoryInbox implements Inbox {
  readonly messages: InboxMessage[] = [];
  async find(from: string, id: string) {
    return this.messages.find((message) => message.from === from && message.envelope.id === id);
  }
  async nextSeq(from: string, object: string) {
    return this.inOrder(from, object).length + 1;
  }
  async store(message: InboxMessage) {
    if (await this.find(message.from, message.envelope.id)) return false;
    this.messages.push(message);
    return true;
  }
  /** What may be applied: 1, 2, 3 … without a hole. */
  inOrder(from: string, object: string): InboxMessage[] {
    const sorted = this.messages
      .filter((message) => message.from === from && message.envelope.object === object)
      .sort((a, b) => a.envelope.seq - b.envelope.seq);
    const hole = sorted.findIndex((message, i) => message.envelope.seq !== i + 1);
    return hole === -1 ? sorted : sorted.slice(0, hole);
  }
}

export class PlatformSide {
  readonly inbox = new MemoryInbox();
  readonly refused: string[] = [];
  readonly acknowledgements: { id: string; body: string }[] = [];
  readonly clock: VirtualClock;
  readonly simulators: Simulators;
  readonly client: ExchangeClient;
  readonly fieldSecret = machineRandom.bytes(32);
  readonly #server: Server;
  readonly #seq = new Map<string, number>();

  private constructor(simulators: Simulators, clock: VirtualClock) {
    this.simulators = simulators;
    this.clock = clock;
    const key = { kid: "egret-1", secret: machineRandom.bytes(32) };
    this.client = new ExchangeClient({
      system: "egret",
      key,
      fieldSecret: this.fieldSecret,
      peers: simulators.peers,
      machineClock,
      random: machineRandom,
    });
    const inbound = new Inbound({
      system: "egret",
      environment: "sandbox",
      key,
      fieldSecret: this.fieldSecret,
      peers: simulators.peers,
      scopes: sandboxScopes,
      inbox: this.inbox,
      clock: this.clock,
      machineClock,
      refused: (_from, code) => this.refused.push(code),
    });
    this.ownRow = (url) => inbound.ownRow(url);
    this.#server = createServer(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
      const answer = await inbound.handle({
        method: request.method ?? "",
        target: request.url ?? "",
        pairs: pairsOf(request.rawHeaders),
        body: new Uint8Array(Buffer.concat(pieces)),
      });
      this.acknowledgements.push({ id: String(request.headers["msg-id"]), body: new TextDecoder().decode(answer.body) });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }

  readonly ownRow: (url: string) => ReturnType<Inbound["ownRow"]>;

  static async start(home: string): Promise<PlatformSide> {
    const anchorVirtual = "2026-11-23T01:47:00.000Z";
    const anchorReal = new Date(machineClock.now()).toISOString();
    const clock = new VirtualClock(Date.parse(anchorVirtual), 1);
    const side = new PlatformSide(await startSimulators({ home, seed: 1, joinKey, clock: { anchorReal, anchorVirtual, tempo: 1 } }), clock);
    await new Promise<void>((resolve) => side.#server.listen(0, "127.0.0.1", resolve));
    await side.simulators.registerPlatform(side.ownRow(`http://127.0.0.1:${(side.#server.address() as AddressInfo).port}`));
    return side;
  }

  async stop(): Promise<void> {
    await this.simulators.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  message(draft: MessageDraft) {
    const seq = (this.#seq.get(`${draft.to} ${draft.object}`) ?? 0) + 1;
    this.#seq.set(`${draft.to} ${draft.object}`, seq);
    const at = new Date(this.clock.now()).toISOString();
    return messageFrom(draft, { id: `e-${hex(machineRandom.bytes(8))}`, seq, createdAt: at, occurredAt: at });
  }

  deliver(draft: MessageDraft): Promise<Delivery> {
    return this.client.deliver(this.message(draft), "none");
  }

  /** Waits for the n-th message of a type; a test has nothing to be woken by. */
  async waitFor(type: string, count = 1): Promise<InboxMessage> {
    for (let i = 0; i < 400; i++) {
      const found = this.inbox.messages.filter(({ envelope }) => envelope.type === type);
      if (found.length >= count) return found[count - 1] as InboxMessage;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`no ${type} within 10 s; refused: ${this.refused.join(", ")}`);
  }
}
