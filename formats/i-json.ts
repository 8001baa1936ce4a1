/**
 * The strict reader of I-JSON text (evidence-v1 §1), for everything that will be hashed, signed or
 * stored. It must never be replaced by JSON.parse: that takes the last of two members of one name,
 * rounds large numbers and lets lone surrogates through, so that two readers see two documents.
 */
import { fromUtf8 } from "./bytes.ts";
import type { Json } from "./jcs.ts";

/** The text is no I-JSON; `code` is the one code of all formats for it. */
export class IJsonError extends Error {
  readonly code = "E_JSON";
}

const depthMax = 32;

/** The value of an I-JSON text or of its UTF-8 bytes. @throws IJsonError */
export function parseIJson(input: string | Uint8Array): Json {
  const text = typeof input === "string" ? input : decode(input);
  const cursor: Cursor = { text, at: 0 };
  const value = readValue(cursor, 1);
  skipSpace(cursor);
  if (cursor.at !== text.length) throw fault(cursor, "something stands after the value");
  return value;
}

type Cursor = { readonly text: string; at: number };

function decode(bytes: Uint8Array): string {
  // TextDecoder drops a byte order mark silently; I-JSON forbids it.
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new IJsonError("byte order mark");
  try {
    return fromUtf8(bytes);
  } catch {
    throw new IJsonError("not UTF-8");
  }
}

function fault(cursor: Cursor, what: string): IJsonError {
  return new IJsonError(`${what} at character ${cursor.at}`);
}

function readValue(cursor: Cursor, depth: number): Json {
  if (depth > depthMax) throw fault(cursor, `nested deeper than ${depthMax}`);
  skipSpace(cursor);
  const first = cursor.text[cursor.at];
  switch (first) {
    case "{":
      return readObject(cursor, depth);
    case "[":
      return readArray(cursor, depth);
    case '"':
      return readString(cursor);
    case "t":
      return readWord(cursor, "true", true);
    case "f":
      return readWord(cursor, "false", false);
    case "n":
      return readWord(cursor, "null", null);
    default:
      return readInteger(cursor);
  }
}

function readObject(cursor: Cursor, depth: number): Json {
  const object: Record<string, Json> = {};
  readList(cursor, "}", () => {
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== '"') throw fault(cursor, "a member name is missing");
    const name = readString(cursor);
    if (Object.hasOwn(object, name)) throw fault(cursor, "a member name stands twice");
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== ":") throw fault(cursor, "a colon is missing");
    cursor.at++;
    // defineProperty: a member called __proto__ is data like any other.
    const value = readValue(cursor, depth + 1);
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  });
  return object;
}

function readArray(cursor: Cursor, depth: number): Json {
  const array: Json[] = [];
  readList(cursor, "]", () => array.push(readValue(cursor, depth + 1)));
  return array;
}

function readList(cursor: Cursor, end: string, readItem: () => void): void {
  cursor.at++;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === end) {
    cursor.at++;
    return;
  }
  for (;;) {
    readItem();
    skipSpace(cursor);
    const next = cursor.text[cursor.at++];
    if (next === end) return;
    if (next !== ",") throw fault(cursor, "a comma or the end is missing");
  }
}

function readString(cursor: Cursor): string {
  let value = "";
  cursor.at++;
  for (;;) {
    const unit = cursor.text[cursor.at++];
    if (unit === undefined) throw fault(cursor, "a string has no end");
    if (unit === '"') break;
    if (unit < " ") throw fault(cursor, "a control character stands unescaped");
    value += unit === "\\" ? readEscape(cursor) : unit;
  }
  if (!value.isWellFormed()) throw fault(cursor, "a lone surrogate");
  return value;
}

const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function readEscape(cursor: Cursor): string {
  const letter = cursor.text[cursor.at++] ?? "";
  if (letter === "u") {
    const digits = cursor.text.slice(cursor.at, cursor.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw fault(cursor, "a broken \\u escape");
    cursor.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (plain === undefined) throw fault(cursor, "an unknown escape");
  return plain;
}

function readWord<T extends Json>(cursor: Cursor, word: string, value: T): T {
  if (!cursor.text.startsWith(word, cursor.at)) throw fault(cursor, "no JSON value");
  cursor.at += word.length;
  return value;
}

function readInteger(cursor: Cursor): number {
  const number = /[-+.0-9eE]*/y;
  number.lastIndex = cursor.at;
  const written = number.exec(cursor.text)?.[0] ?? "";
  if (!/^(?:0|-?[1-9][0-9]*)$/.test(written)) throw fault(cursor, "no JSON value, or a number that is no plain integer");
  const value = Number(written);
  if (!Number.isSafeInteger(value)) throw fault(cursor, "an integer beyond 2^53 - 1");
  cursor.at += written.length;
  return value;
}

function skipSpace(cursor: Cursor): void {
  while (" \t\n\r".includes(cursor.text[cursor.at] ?? "x")) cursor.at++;
}
