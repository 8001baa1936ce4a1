/**
 * Hostile input on a seed: texts that programs stumble over, values of every wrong type, bodies that are no JSON, and
 * data that fits a form but for one thing. The same seed gives the same attack, so that what was found can be found again.
 */
import { type Random, randomBelow } from "../../../server/kernel/index.ts";

/** A form as the acts declare it (JSON Schema). */
// biome-ignore lint/suspicious/noExplicitAny: JSON Schema, read for its own names only.
type Form = any;

const words: readonly string[] = [
  "",
  " ",
  "' OR 1=1 --",
  "'; DROP TABLE record.event; --",
  "<script>alert(1)</script>",
  "../../../../etc/passwd",
  "%2e%2e%2f%00",
  "\u0000",
  "\ud800",
  "\u202e\u200b\ufeff",
  "#{7*7}{{7*7}}",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "-0",
  "1e400",
  "99999999999999999999",
  "٣",
  "林小满",
  "𠮷".repeat(40),
  "a".repeat(70_000),
  "lot_01JZZZZZZZZZZZZZZZZZZZZZZZ",
  "2026-02-30T25:61:61.999Z",
];

export const pick = <Value>(random: Random, values: readonly Value[]): Value => values[randomBelow(random, values.length)] as Value;

export const hostileText = (random: Random): string => pick(random, words);

/** For an address: what a client of HTTP would let through. */
export const hostileSegment = (random: Random): string => (randomBelow(random, 20) === 0 ? "%zz" : encodedWord(random));

const encodedWord = (random: Random): string =>
  encodeURIComponent(
    pick(random, words)
      .replaceAll(/[\ud800-\udfff]/g, "?")
      .slice(0, 300),
  ) || "%20";

export function hostileValue(random: Random, depth = 0): unknown {
  const kinds = depth > 3 ? 8 : 10;
  switch (randomBelow(random, kinds)) {
    case 0:
      return null;
    case 1:
      return true;
    case 2:
      return pick(random, [0, -1, 1.5, 2 ** 53, -(2 ** 53), 1e308, Number.MIN_VALUE]);
    case 8:
      return Array.from({ length: randomBelow(random, 4) }, () => hostileValue(random, depth + 1));
    case 9:
      return { [hostileText(random).slice(0, 40)]: hostileValue(random, depth + 1), __proto__: null };
    default:
      return hostileText(random);
  }
}

/** Bodies that are no JSON document of ours. */
export function brokenBody(random: Random, text: string): string | Buffer {
  const cut = text.slice(0, randomBelow(random, Math.max(1, text.length)));
  return pick<() => string | Buffer>(random, [
    () => cut,
    () => `${text}${text}`,
    () => `\ufeff${text}`,
    () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    () => `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    () => `{"a":1e400,"b":NaN}`,
    () => `{"v":1,"v":2}`,
    () => `{"a":"\\ud800"}`,
    () => `"${"x".repeat(1 << 20)}"`,
    () => "[]",
    () => "",
    () => '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
  ])();
}

/** Something that has the form: enough for a body to get past the first look. */
export function fitting(form: Form, random: Random): unknown {
  if (form.const !== undefined) return form.const;
  if (form.anyOf) return fitting(pick(random, form.anyOf as Form[]), random);
  switch (form.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(form.properties ?? {})
          .filter(([name]) => form.required?.includes(name) || randomBelow(random, 2) === 1)
          .map(([name, inner]) => [name, fitting(inner, random)]),
      );
    case "array":
      return Array.from({ length: Math.max(form.minItems ?? 0, randomBelow(random, 2)) }, () => fitting(form.items ?? {}, random));
    case "integer":
    case "number":
      return form.minimum ?? 1;
    case "boolean":
      return randomBelow(random, 2) === 1;
    case "null":
      return null;
    default:
      return textFor(form.pattern, form.minLength ?? 1);
  }
}

/** Texts for the patterns that forms use most; others get a text that may not fit, which is an attack as well. */
function textFor(pattern: string | undefined, length: number): string {
  const samples = [
    "1",
    "00".repeat(32),
    "00".repeat(64),
    `02${"11".repeat(32)}`,
    "2026-11-20T01:00:00.000Z",
    "2026-11-20",
    "350200",
    "100000",
  ];
  const fits = pattern === undefined ? undefined : samples.find((sample) => new RegExp(pattern).test(sample));
  return fits ?? "甲".repeat(Math.max(1, Math.min(length, 200)));
}

/** The same with one member dropped, added, or of another kind, at any depth. */
export function bent(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || randomBelow(random, 4) === 0) return hostileValue(random);
  if (Array.isArray(value)) {
    const at = value.length === 0 ? -1 : randomBelow(random, value.length);
    return at < 0 ? [hostileValue(random)] : value.map((item, k) => (k === at ? bent(item, random) : item));
  }
  const names = Object.keys(value);
  const name = names.length === 0 ? "more" : pick(random, names);
  const members = value as Record<string, unknown>;
  if (randomBelow(random, 5) === 0) return { ...members, [hostileText(random).slice(0, 30) || "more"]: hostileValue(random) };
  if (randomBelow(random, 4) === 0) return Object.fromEntries(Object.entries(members).filter(([other]) => other !== name));
  return { ...members, [name]: bent(members[name], random) };
}
