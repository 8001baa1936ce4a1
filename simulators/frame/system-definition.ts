/**
 * What one outside system has to say of itself; the frame does the rest (doors, journal, sequence, faults).
 * Handlers are pure: they read the state and answer with effects and messages, which the frame writes in one
 * line of the book before anybody hears of them.
 */
import type { BodySchemas, Envelope, Peer, ProblemCode, RandomBytes, SigningKey } from "../../formats/exchange/index.ts";

export interface Context {
  readonly system: string;
  /** Business time, 24 characters. */
  now(): string;
  /** A new id; the same seed and calls give the same ids. */
  newId(prefix: string): string;
  readonly random: RandomBytes;
  readonly key: SigningKey;
  readonly fieldSecret: Uint8Array;
  findPeer(system: string): Peer | undefined;
  /** The system that acts of people outside are told to: the platform. @throws Error when none is registered. */
  platform(): Peer;
  openPersonal(field: string): string;
  sealPersonal(text: string, to: Peer): string;
}

export interface Draft {
  readonly to: string;
  readonly type: string;
  readonly object: string;
  readonly body: object;
  readonly correlates?: string;
  readonly occurredAt?: string;
}

export interface Act<Effect> {
  readonly effects: readonly Effect[];
  readonly sends?: readonly Draft[];
  /** What a drive answers to the sandbox. */
  readonly reply?: unknown;
}

export interface Refused {
  readonly refuse: ProblemCode;
  readonly detail?: string;
}

export interface StoredFile {
  readonly fileId: string;
  readonly kind: string;
  readonly day: string;
  readonly version: number;
  readonly text: string;
}

export type Handler<State, Effect> = (state: State, message: Envelope & { from: string }, context: Context) => Act<Effect>;
export type Drive<State, Effect> = (state: State, args: Record<string, unknown>, context: Context) => Act<Effect> | Refused;

export interface ByteAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array | string;
}

export interface SystemDefinition<State, Effect> {
  readonly system: string;
  readonly title: string;
  initial(seed: number): State;
  apply(state: State, effect: Effect): void;
  readonly schemas: BodySchemas;
  readonly askSchemas: BodySchemas;
  readonly messages: Readonly<Record<string, Handler<State, Effect>>>;
  readonly asks: Readonly<Record<string, (state: State, ask: Envelope & { from: string }, context: Context) => object>>;
  /** Refusals that come at once: a business id known with other content, a step that this state forbids. */
  precheck?(state: State, message: Envelope & { from: string }, context: Context): ProblemCode | undefined;
  /** The state word of §States for what the caller ordered. */
  object(state: State, kind: string, ourId: string): { state: string; since: string; detail?: object } | undefined;
  files?(state: State): readonly StoredFile[];
  readonly drives: Readonly<Record<string, Drive<State, Effect>>>;
  books(state: State): unknown;
  /** The next business instant at which something happens by itself, and what happens. */
  nextDue?(state: State): string | undefined;
  due?(state: State, context: Context): Act<Effect>;
  /** Doors outside the message protocol, such as a CRL or a page. Path without query. */
  bytes?(
    state: State,
    request: { method: string; path: string; body: Uint8Array },
    context: Context,
  ): Promise<ByteAnswer | undefined> | ByteAnswer | undefined;
  /** Asynchronous work after an act was written (issuing a certificate); its outcome is a new act. */
  afterwards?(state: State, context: Context): Promise<Act<Effect>> | undefined;
}

export function isRefused(result: object): result is Refused {
  return "refuse" in result;
}
