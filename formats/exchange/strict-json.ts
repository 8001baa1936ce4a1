/**
 * Reads a message body as I-JSON text (evidence-v1 §1): no duplicate names, no lone surrogates,
 * depth ≤ 32, integers only. Amounts travel as strings, so a fraction is always a mistake.
 */
import { fromUtf8 } from "../bytes.ts";
import type { Json } from "../jcs.ts";

const token = /\s+|[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)|true|false|null/y;
const depthMax = 32;

/** @throws SyntaxError with a plain reason. */
export function parseStrictJson(bytes: Uint8Array): Json {
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    throw new SyntaxError("not UTF-8");
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb) throw new SyntaxError("byte order mark");
  checkTokens(text);
  return JSON.parse(text) as Json;
}

/** Only what JSON.parse lets pass is judged here; grammar itself is left to JSON.parse. */
function checkTokens(text: string): void {
  const names: (Set<string> | null)[] = [];
  let previous = "";
  for (const word of wordsOf(text)) {
    if (word === "{" || word === "[") {
      names.push(word === "{" ? new Set() : null);
      if (names.length > depthMax) throw new SyntaxError("nested deeper than 32");
    } else if (word === "}" || word === "]") names.pop();
    else if (word === ":") noteName(names.at(-1), previous);
    else if (word.startsWith('"')) checkString(word);
    else if (/^-?[0-9]/.test(word)) checkNumber(word);
    previous = word;
  }
}

function* wordsOf(text: string): Generator<string> {
  token.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) throw new SyntaxError(`unexpected text at ${at}`);
    at = token.lastIndex;
    if (!/^\s/.test(found[0])) yield found[0];
  }
}

function noteName(names: Set<string> | null | undefined, quoted: string): void {
  if (!names || !quoted.startsWith('"')) throw new SyntaxError("colon without a name");
  const name = JSON.parse(quoted) as string;
  if (names.has(name)) throw new SyntaxError("duplicate member name");
  names.add(name);
}

function checkString(quoted: string): void {
  if (!(JSON.parse(quoted) as string).isWellFormed()) throw new SyntaxError("lone surrogate");
}

function checkNumber(word: string): void {
  if (word === "-0" || !Number.isSafeInteger(Number(word))) throw new SyntaxError("number out of range");
}
