/**
 * The verifier's own reader of I-JSON text (evidence-v1 §1). Written apart from formats/i-json.ts,
 * in another way (a tokeniser and an explicit stack, no recursion), so that one mistake does not
 * stand on both sides. Must never be lenient: what it accepts has exactly one meaning.
 */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

/** A container that is being filled, and what the grammar allows next inside it. */
type Frame = { list: Value[] } | { members: Map<string, Value>; name: string | undefined };
type Expect = "value" | "valueOrEnd" | "name" | "nameOrEnd" | "commaOrEnd" | "done";

const token =
  /[ \t\n\r]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(true|false|null)|(-?[0-9][-+.0-9eE]*))/y;
const trailing = /[ \t\n\r]*$/y;
const maxDepth = 32;

/** The value, or `undefined` where the specification says E_JSON. */
export function readIJson(input: string | Uint8Array): Value | undefined {
  const text = typeof input === "string" ? input : decodeUtf8(input);
  return text === undefined ? undefined : new Reader(text).read();
}

class Reader {
  private readonly text: string;
  private position = 0;
  private readonly stack: Frame[] = [];
  private expect: Expect = "value";
  private result: Value | undefined;

  constructor(text: string) {
    this.text = text;
  }

  read(): Value | undefined {
    while (this.expect !== "done") {
      token.lastIndex = this.position;
      const match = token.exec(this.text);
      if (match === null) return undefined;
      this.position = token.lastIndex;
      const [, mark, quoted, word, digits] = match;
      const good = mark !== undefined ? this.takeMark(mark) : this.takeScalar(quoted, word, digits);
      if (!good) return undefined;
    }
    trailing.lastIndex = this.position;
    return trailing.test(this.text) ? this.result : undefined;
  }

  private takeMark(mark: string): boolean {
    if (mark === "{" || mark === "[") return this.open(mark);
    if (mark === ",") return this.comma();
    if (mark === ":") return false; // a colon is taken together with its name
    return this.close(mark);
  }

  private open(mark: string): boolean {
    // The container itself is a value one deeper than the ones that are open.
    if (!this.wantsValue() || this.stack.length + 1 > maxDepth) return false;
    this.stack.push(mark === "[" ? { list: [] } : { members: new Map(), name: undefined });
    this.expect = mark === "[" ? "valueOrEnd" : "nameOrEnd";
    return true;
  }

  private comma(): boolean {
    const top = this.stack.at(-1);
    if (this.expect !== "commaOrEnd" || top === undefined) return false;
    this.expect = "list" in top ? "value" : "name";
    return true;
  }

  private close(mark: string): boolean {
    const top = this.stack.at(-1);
    if (top === undefined || ("list" in top ? mark !== "]" : mark !== "}")) return false;
    if (this.expect !== "commaOrEnd" && this.expect !== "valueOrEnd" && this.expect !== "nameOrEnd") return false;
    this.stack.pop();
    return this.deliver("list" in top ? top.list : fromMembers(top.members));
  }

  private takeScalar(quoted: string | undefined, word: string | undefined, digits: string | undefined): boolean {
    if (quoted !== undefined) {
      // The token's pattern is JSON's own string grammar, so that JSON.parse only unescapes here.
      const string: string = JSON.parse(quoted);
      if (!string.isWellFormed()) return false;
      return this.expect === "name" || this.expect === "nameOrEnd" ? this.takeName(string) : this.takeValue(string);
    }
    if (word !== undefined) return this.takeValue(word === "null" ? null : word === "true");
    const integer = readInteger(digits ?? "");
    return integer !== undefined && this.takeValue(integer);
  }

  private takeName(name: string): boolean {
    const top = this.stack.at(-1);
    if (top === undefined || "list" in top || top.members.has(name)) return false;
    const colon = /[ \t\n\r]*:/y;
    colon.lastIndex = this.position;
    if (!colon.test(this.text)) return false;
    this.position = colon.lastIndex;
    top.name = name;
    this.expect = "value";
    return true;
  }

  private takeValue(value: Value): boolean {
    if (!this.wantsValue() || this.stack.length + 1 > maxDepth) return false;
    return this.deliver(value);
  }

  private deliver(value: Value): boolean {
    const top = this.stack.at(-1);
    this.expect = top === undefined ? "done" : "commaOrEnd";
    if (top === undefined) this.result = value;
    else if ("list" in top) top.list.push(value);
    else top.members.set(top.name ?? "", value);
    return true;
  }

  private wantsValue(): boolean {
    return this.expect === "value" || this.expect === "valueOrEnd";
  }
}

function fromMembers(members: Map<string, Value>): Value {
  // Object.fromEntries makes own members even of "__proto__".
  return Object.fromEntries(members);
}

function readInteger(digits: string): number | undefined {
  const value = Number(digits);
  // Canonical writing is the test: no fraction, exponent, minus-zero, leading zero.
  return Number.isSafeInteger(value) && !Object.is(value, -0) && String(value) === digits ? value : undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    // ignoreBOM keeps a byte order mark as U+FEFF, which the tokeniser then refuses.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
