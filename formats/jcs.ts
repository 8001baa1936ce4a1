/**
 * JCS (RFC 8785) restricted to I-JSON values as evidence-v1 §1 defines them: integers only, no
 * undefined, members sorted by UTF-16 code units. One text, one byte string, on every machine.
 */
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { type Bytesish, concat, hex, utf8 } from "./bytes.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The canonical text of a value. Members whose value is `undefined` are left out, as in JSON.
 * @throws TypeError for a number that is not a safe integer, or for a value JSON cannot hold.
 */
export function jcsText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`not an I-JSON integer: ${value}`);
      return String(value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? arrayText(value) : objectText(value);
    default:
      throw new TypeError(`JSON cannot hold a ${typeof value}`);
  }
}

export function jcs(value: unknown): Uint8Array<ArrayBuffer> {
  return utf8(jcsText(value));
}

/** H of the formats: SHA-256 over the joined parts. */
export function sha256(...parts: Bytesish[]): Uint8Array<ArrayBuffer> {
  return nobleSha256(concat(...parts)) as Uint8Array<ArrayBuffer>;
}

/** hex(H(JCS(value))): the digest by which objects name one another. */
export function digestOf(value: unknown): string {
  return hex(sha256(jcs(value)));
}

function arrayText(values: readonly unknown[]): string {
  return `[${values.map(jcsText).join(",")}]`;
}

function objectText(value: object): string {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jcsText(member)}`).join(",")}}`;
}
