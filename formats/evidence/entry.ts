/**
 * One leaf of the evidence log (evidence-v1 §2): what the log shows of an event to everybody. It must
 * never hold a plain hash of something that can be guessed, nor a name: only a salted commitment and
 * a pseudonym, so that erasing salt and event leaves a leaf that means nothing.
 */
import { concat, hex, utf8 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";

export type Entry = { v: 1; seq: number; at: string; stream: string; type: string; actor: string; commitment: string };

/** The entry does not fit evidence-v1 §2. */
export class EntryError extends RangeError {
  readonly code = "E_ENTRY";
}

const members = ["v", "seq", "at", "stream", "type", "actor", "commitment"];
const bytesMax = 4096;
const hex32 = /^[0-9a-f]{64}$/;
const isText = (value: unknown, form: RegExp): value is string => typeof value === "string" && form.test(value);

/** JCS(entry), checked. @throws EntryError */
export function entryBytes(entry: Entry): Uint8Array<ArrayBuffer> {
  const fault = faultOf(entry);
  if (fault !== undefined) throw new EntryError(fault);
  const { actor, at, commitment, seq, stream, type } = entry;
  // This is JCS(entry): the names stand in their order, and no value holds a character that must be escaped.
  const bytes = utf8(
    `{"actor":"${actor}","at":"${at}","commitment":"${commitment}","seq":${seq},"stream":"${stream}","type":"${type}","v":1}`,
  );
  if (bytes.length > bytesMax) throw new EntryError(`an entry of ${bytes.length} bytes`);
  return bytes;
}

function faultOf(entry: Entry): string | undefined {
  if (Object.keys(entry).length !== members.length || !members.every((name) => Object.hasOwn(entry, name)))
    return "a member is missing or unknown";
  if (entry.v !== 1) return "not version 1";
  if (!Number.isSafeInteger(entry.seq) || entry.seq < 0) return "seq is no leaf index";
  if (!isTime(entry.at)) return `at is no time: ${entry.at}`;
  if (!isText(entry.stream, /^[A-Za-z0-9._/-]{1,128}$/)) return `a stream that may not stand in the log: ${entry.stream}`;
  if (!isText(entry.type, /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/) || entry.type.length > 64)
    return `a type that may not stand in the log: ${entry.type}`;
  if (!isText(entry.actor, hex32) || !isText(entry.commitment, hex32)) return "actor or commitment is no hash";
  return undefined;
}

function isTime(text: unknown): boolean {
  if (!isText(text, /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/)) return false;
  const ms = Date.parse(text);
  // A day that does not exist is either refused or rolled over by the runtime; then the text comes back changed.
  return ms >= 0 && new Date(ms).toISOString() === text;
}

/** actor = H("evidence/v1 actor\n" ‖ actorSalt ‖ actorId): one pseudonym per actor and stream. */
export function actorPseudonym(actorId: string, actorSalt: Uint8Array): string {
  return hex(sha256(concat("evidence/v1 actor\n", actorSalt, utf8(actorId))));
}
