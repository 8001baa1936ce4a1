/**
 * What the record keeps. An event is a fact that an accepted command left behind; it is never
 * rewritten. Salt, commitment and the hash of the stream's previous event stand *beside* it, never
 * inside JCS(event) (decisions §2), so that an erased event still leaves its leaf whole.
 */
import { hash } from "node:crypto";
import type { ActSignature } from "../../formats/act-signature.ts";
import { type Json, jcsText } from "../../formats/jcs.ts";

/** `YYYY-MM-DDThh:mm:ss.sssZ`, trade time. */
export type Time = string;

export type EventData = { readonly [name: string]: Json | undefined };

/** What a stage wants to append: the noun's stream, `noun.pastTense`, and its essential fields. */
export interface NewEvent {
  stream: string;
  type: string;
  data: EventData;
}

/** Who and what caused the events of one command. */
export interface Cause {
  /** Trade time at which the command arrived. */
  at: Time;
  /** Person id, or "system" for a deadline or reaction. */
  actor: string;
  membership: string | null;
  commandId: string;
  /** The signed act as it was received, so that the record alone proves who willed it; null for system acts. */
  act: { digest: string; key: string; sig: ActSignature } | null;
}

/** Each stage knows the fields of its own events; a fold reads them by the event's type. */
// biome-ignore lint/suspicious/noExplicitAny: an event's fields are as many as its types, and each fold narrows by type.
export type EventFields = Record<string, any>;

export interface RecordedEvent<Data = EventFields> {
  v: 1;
  stream: string;
  version: number;
  type: string;
  at: Time;
  actor: string;
  membership: string | null;
  commandId: string;
  act: Cause["act"];
  data: Data;
}

/** An event with its place in the whole record. */
export interface PlacedEvent extends RecordedEvent {
  position: number;
  /** Trade time when numbered; never falls. */
  loggedAtMs: number;
}

export const noHash: Uint8Array = new Uint8Array(32);

/** Streams `b/` + chance show neither lot nor kind (evidence-v1 §2, "Blinded entries"). */
export function isBlinded(stream: string): boolean {
  return stream.startsWith("b/");
}

export function eventText(event: RecordedEvent): string {
  return jcsText(event);
}

/** H of the formats, by the machine's own code in one call: the record hashes every event three times. */
export function hashOf(...parts: (Uint8Array | string)[]): Uint8Array {
  const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  return hash("sha256", whole as Uint8Array | string, "buffer");
}

/** H(salt ‖ JCS(event)), evidence-v1 §2. */
export function commitmentOf(salt: Uint8Array, text: string): Uint8Array {
  return hashOf(salt, text);
}

/** chain = H(prevChain ‖ commitment): one value that stands for everything up to a position. */
export function chainOf(previous: Uint8Array, commitment: Uint8Array): Uint8Array {
  return hashOf(previous, commitment);
}
