/** Entries and what their holder discloses of them (evidence-v1 §2; §9 steps 9 and 12). */
import { concat, fromHex, hex, utf8 } from "../../formats/bytes.ts";
import { jcs, sha256 } from "../../formats/jcs.ts";
import type { Value } from "../i-json.ts";
import { closed, hexOf, integer, oneOf, text, time } from "../shapes.ts";
import { demand } from "./codes.ts";

export type Entry = { seq: number; at: string; stream: string; type: string; actor: string; commitment: string };
export type Disclosure = { salt: string; event: { [name: string]: Value } };
export type Actor = { id: string; salt: string };

const shape = closed({
  v: oneOf(1),
  seq: integer(0),
  at: time,
  stream: text(1, 128, /^[A-Za-z0-9._/-]*$/),
  type: text(1, 64, /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)+$/),
  actor: hexOf(32),
  commitment: hexOf(32),
});

/** entryBytes of an entry that fits §2. @throws Refused E_ENTRY */
export function entryBytesOf(entry: Value): Uint8Array {
  demand(shape(entry), "E_ENTRY");
  const bytes = jcs(entry);
  demand(bytes.length <= 4096, "E_ENTRY");
  return bytes;
}

/** @throws Refused E_COMMITMENT or E_EVENT_BINDING */
export function judgeDisclosure(entry: Entry, { salt, event }: Disclosure): void {
  demand(hex(sha256(fromHex(salt), jcs(event))) === entry.commitment, "E_COMMITMENT");
  demand(event.stream === entry.stream && event.type === entry.type, "E_EVENT_BINDING");
}

/** @throws Refused E_ACTOR */
export function judgeActor(entry: Entry, { id, salt }: Actor): void {
  demand(hex(sha256(concat("evidence/v1 actor\n", fromHex(salt), utf8(id)))) === entry.actor, "E_ACTOR");
}
