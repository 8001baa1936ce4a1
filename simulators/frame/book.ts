/**
 * The truth of one simulator: a log of transactions and what follows from it. A transaction holds what came in,
 * what it changed and what goes out, in one durable line; so after kill -9 either all of it happened or nothing.
 */
import { join } from "node:path";
import { hex } from "../../formats/bytes.ts";
import { type Envelope, judgeOrder, type Peer } from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import { DurableLog } from "./durable-log.ts";
import type { Act, Draft, SystemDefinition } from "./system-definition.ts";

/** `asksOnly`: has no ear of its own; it reads results by `GET /v1/objects`, nothing is pushed to it. */
export type KnownPeer = Peer & { readonly asksOnly?: boolean };
export type Arrived = { readonly from: string; readonly envelope: Envelope; readonly bodySha256: string; readonly receivedAt: string };
export type Sent = { readonly to: string; readonly envelope: Envelope & { object: string; seq: number } };
type Reset = { readonly seed: number };

interface Line<Effect> {
  readonly at: string;
  readonly ids?: number;
  readonly reset?: Reset;
  readonly peer?: KnownPeer;
  readonly arrived?: Arrived;
  /** Key of the message whose turn came. */
  readonly applied?: { readonly from: string; readonly object: string; readonly seq: number };
  readonly effects?: readonly Effect[];
  readonly sends?: readonly Sent[];
  readonly settled?: { readonly id: string; readonly how: "delivered" | "parked" };
}

export class Book<State, Effect> {
  readonly #definition: SystemDefinition<State, Effect>;
  readonly #log: DurableLog<Line<Effect>>;
  readonly #now: () => string;
  state: State;
  /** 0 until a reset names one: secrets then come from chance, not from the seed. */
  seed = 0;
  ids = 0;
  lastAt = "";
  readonly peers = new Map<string, KnownPeer>();
  readonly inbox = new Map<string, Arrived>();
  readonly sent: Sent[] = [];
  readonly #pending = new Map<string, Sent>();
  readonly #nextIn = new Map<string, number>();
  readonly #kept = new Map<string, Map<number, Arrived>>();
  readonly #nextOut = new Map<string, number>();

  constructor(home: string, definition: SystemDefinition<State, Effect>, now: () => string) {
    this.#definition = definition;
    this.#now = now;
    this.state = definition.initial(0);
    this.#log = new DurableLog<Line<Effect>>(join(home, "book.jsonl"), (line) => this.#fold(line));
  }

  /** Stores a message whose signature and shape are good. It is applied when its turn comes. */
  accept(arrived: Arrived): void {
    this.#write({ at: this.#now(), arrived });
  }

  /** The next message whose turn it is for this sender and object, if it is here. */
  findTurn(from: string, object: string): Arrived | undefined {
    const key = `${from} ${object}`;
    return this.#kept.get(key)?.get(this.#nextIn.get(key) ?? 1);
  }

  /** All objects with a waiting message; after a restart they are taken up again. */
  waiting(): { from: string; object: string }[] {
    return [...this.#kept]
      .filter(([, kept]) => kept.size > 0)
      .map(([key]) => ({ from: key.slice(0, key.indexOf(" ")), object: key.slice(key.indexOf(" ") + 1) }));
  }

  order(from: string, object: string, seq: number) {
    return judgeOrder(this.#nextIn.get(`${from} ${object}`) ?? 1, seq);
  }

  applyTurn(arrived: Arrived, act: Act<Effect>): void {
    const object = arrived.envelope.object ?? "";
    const applied = { from: arrived.from, object, seq: arrived.envelope.seq ?? 0 };
    this.#write({ at: this.#now(), ids: this.ids, applied, effects: act.effects, sends: this.#number(act.sends ?? []) });
  }

  /** An act that no message caused: people outside, the clock, finished work. */
  act(act: Act<Effect>): void {
    if (act.effects.length === 0 && (act.sends ?? []).length === 0) return;
    this.#write({ at: this.#now(), ids: this.ids, effects: act.effects, sends: this.#number(act.sends ?? []) });
  }

  addPeer(peer: KnownPeer): void {
    this.#write({ at: this.#now(), peer });
  }

  reset(seed: number): void {
    this.ids = 0;
    this.#write({ at: this.#now(), reset: { seed } });
  }

  settle(id: string, how: "delivered" | "parked"): void {
    this.#write({ at: this.#now(), settled: { id, how } });
  }

  /** What has still to be sent, in order. */
  pending(): Sent[] {
    return [...this.#pending.values()];
  }

  /** Messages to a peer about an object from a number on (the door for gaps). */
  sentAbout(to: string, object: string, fromSeq: number, limit: number): Envelope[] {
    return this.sent
      .filter((one) => one.to === to && one.envelope.object === object && one.envelope.seq >= fromSeq)
      .slice(0, limit)
      .map((one) => one.envelope);
  }

  newId(prefix: string): string {
    this.ids += 1;
    return `${prefix}-${hex(sha256(`egret simulator id\n${this.#definition.system}\n${this.seed}\n${this.ids}`)).slice(0, 20)}`;
  }

  close(): void {
    this.#log.close();
  }

  #number(drafts: readonly Draft[]): Sent[] {
    const next = new Map<string, number>();
    return drafts.map((draft) => {
      const key = `${draft.to} ${draft.object}`;
      const seq = next.get(key) ?? this.#nextOut.get(key) ?? 1;
      next.set(key, seq + 1);
      const at = this.#now();
      const envelope = {
        v: 1 as const,
        schema: "1.0",
        type: draft.type,
        id: this.newId("m"),
        object: draft.object,
        seq,
        createdAt: at,
        occurredAt: draft.occurredAt ?? at,
        ...(draft.correlates === undefined ? {} : { correlates: draft.correlates }),
        system: "simulator" as const,
        body: draft.body as Record<string, unknown>,
      };
      return { to: draft.to, envelope };
    });
  }

  #write(line: Line<Effect>): void {
    const withIds = { ...line, ids: this.ids };
    this.#log.append(withIds);
    this.#fold(withIds);
  }

  #fold(line: Line<Effect>): void {
    if (line.at > this.lastAt) this.lastAt = line.at;
    if (line.reset) this.#startOver(line.reset.seed);
    if (line.ids !== undefined) this.ids = line.ids;
    if (line.peer) this.peers.set(line.peer.system, line.peer);
    if (line.arrived) this.#foldArrived(line.arrived);
    if (line.applied) this.#foldApplied(line.applied);
    for (const effect of line.effects ?? []) this.#definition.apply(this.state, effect);
    for (const one of line.sends ?? []) {
      this.sent.push(one);
      if (!this.peers.get(one.to)?.asksOnly) this.#pending.set(one.envelope.id, one);
      this.#nextOut.set(`${one.to} ${one.envelope.object}`, one.envelope.seq + 1);
    }
    if (line.settled) this.#pending.delete(line.settled.id);
  }

  #foldArrived(arrived: Arrived): void {
    this.inbox.set(`${arrived.from} ${arrived.envelope.id}`, arrived);
    const key = `${arrived.from} ${arrived.envelope.object ?? ""}`;
    const kept = this.#kept.get(key) ?? new Map<number, Arrived>();
    kept.set(arrived.envelope.seq ?? 0, arrived);
    this.#kept.set(key, kept);
  }

  #foldApplied(applied: { from: string; object: string; seq: number }): void {
    const key = `${applied.from} ${applied.object}`;
    this.#kept.get(key)?.delete(applied.seq);
    this.#nextIn.set(key, applied.seq + 1);
  }

  /** The journal and the peers stay; everything else begins anew. */
  #startOver(seed: number): void {
    this.seed = seed;
    this.ids = 0;
    this.state = this.#definition.initial(seed);
    this.sent.length = 0;
    for (const map of [this.inbox, this.#nextIn, this.#kept, this.#nextOut, this.#pending]) map.clear();
  }
}
