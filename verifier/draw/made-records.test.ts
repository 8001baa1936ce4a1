import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assembleRecord, type DrawRecord, withSubstitution } from "../../formats/draw/index.ts";
import { aDraw, type DrawWish, stepsOf } from "./test-draw.ts";
import { verifyDraw } from "./verify.ts";

const verdictOf = (record: unknown) => verifyDraw(JSON.stringify(record));
const wish = fc.record({
  label: fc.stringMatching(/^[a-z0-9]{1,12}$/),
  kind: fc.constantFrom<NonNullable<DrawWish["kind"]>>("select", "order", "coefficient"),
  mode: fc.constantFrom<NonNullable<DrawWish["mode"]>>("plain", "beacon", "always", "fallback"),
  contributors: fc.integer({ min: 3, max: 5 }),
  silent: fc.constantFrom([], [0]),
  hasPlatform: fc.boolean(),
});

test("every record that the making side assembles verifies, in every mode and kind", () => {
  fc.assert(
    fc.property(wish, (made) => {
      const verdict = verdictOf(aDraw(made));
      assert.deepEqual(verdict.ok || verdict, true);
      const mode = { plain: 0, beacon: 1, always: 2, fallback: 2 }[made.mode];
      assert.equal(verdict.ok && verdict.mode, mode);
    }),
    { numRuns: 16, seed: 1 },
  );
});

test("one changed member anywhere outside the log places makes the record fail", () => {
  fc.assert(
    fc.property(wish, fc.nat(), (made, chosen) => {
      const record = withFirstSubstituted(aDraw(made));
      assert.equal(verdictOf(record).ok, true);
      const paths = leavesOf(record).filter((path) => !path.includes("log"));
      const path = paths[chosen % paths.length] ?? assert.fail();
      assert.equal(verdictOf(changedAt(record, path)).ok, false, `nothing noticed the change at ${path.join(".")}`);
    }),
    { numRuns: 40, seed: 2 },
  );
});

test("no value in any place makes the verifier throw", () => {
  const base = withFirstSubstituted(aDraw({ mode: "fallback" }));
  const paths = placesOf(base);
  const strange = fc.oneof(
    fc.constantFrom(null, true, "", [], {}, -1, 0, 2 ** 53 - 1, [[]], "00", "ff".repeat(32), "00".repeat(33)),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.nat(paths.length - 1), strange, (chosen, value) => {
      const verdict = verdictOf(replacedAt(base, paths[chosen] ?? [], value));
      assert.ok(verdict.ok || verdict.code.startsWith("E_"));
    }),
    { numRuns: 400, seed: 3 },
  );
});

test("a contributor that never committed and one that never revealed are named, and the draw goes on", () => {
  const record = aDraw({ contributors: 4, missing: [3], silent: [1], hasPlatform: false });
  assert.deepEqual(record.faults, [{ code: "NO_REVEAL", i: 1 }, { code: "NO_COMMIT", i: 3 }, { code: "PLATFORM_MISSING" }]);
  assert.equal(verdictOf(record).ok, true);
});

test("a sealed commit with rubbish in it becomes the empty marker", () => {
  const steps = stepsOf({ mode: "always", contributors: 4 });
  const [first, second, ...rest] = steps.commits;
  assert.ok(first?.sealed && second);
  // The members open R honestly; only the ciphertext is not what it should be.
  const rubbish = { ...first, sealed: { ...first.sealed, ct: "00".repeat(80) } };
  const assembled = assembleRecord({ ...steps, commits: [rubbish, second, ...rest] });
  assert.ok(assembled.ok);
  assert.deepEqual(assembled.record.faults, [{ code: "BAD_RECOVERY", i: 0 }]);
});

test("substitution goes down the permutation until nobody is left", () => {
  let record = aDraw({ pool: 6 });
  for (let step = 0; step < 6; step++) {
    const seat = record.final.find(({ seated }) => seated.length > 0);
    if (seat === undefined) break;
    const log = { seq: 900 + step, at: "2023-09-15T12:00:00.000Z" };
    record = withSubstitution(record, { stratum: seat.stratum, out: seat.seated[0] ?? "", reason: "declined" }, log);
    assert.deepEqual(verdictOf(record).ok, true);
  }
  assert.equal(record.substitutions.at(-1)?.in, null);
  const out = record.substitutions[0]?.out ?? "";
  assert.throws(
    () => withSubstitution(record, { stratum: "works", out, reason: "absent" }, { seq: 999, at: "2023-09-15T12:00:00.000Z" }),
    RangeError,
  );
});

test("too few contributions fail lawfully", () => {
  const assembled = assembleRecord(stepsOf({ contributors: 3, silent: [0, 1] }));
  assert.equal(assembled.ok ? "ok" : assembled.code, "E_TOO_FEW");
});

function withFirstSubstituted(record: DrawRecord): DrawRecord {
  const row = record.final[0];
  if (row === undefined) return record;
  const log = { seq: 500, at: "2023-09-15T12:00:00.000Z" };
  return withSubstitution(record, { stratum: row.stratum, out: row.seated[0] ?? "", reason: "declined" }, log);
}

type Path = (string | number)[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

/** Every object, list and leaf inside a record, the whole first. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name]))];
}

function changedAt(record: DrawRecord, path: Path): unknown {
  return replacedAt(record, path, changed);
}

/** A copy with another value at a place; a function is given the value that stood there. */
function replacedAt(record: DrawRecord, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(record);
  // biome-ignore lint/suspicious/noExplicitAny: any member of any object may be changed.
  const holder = path.slice(0, -1).reduce<any>((object, name) => object[name], copy);
  const last = path.at(-1) ?? "";
  holder[last] = typeof value === "function" ? value(holder[last]) : value;
  return copy;
}

function changed(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string") return value === null ? "x" : null;
  const middle = value.length >> 1;
  return value.slice(0, middle) + (value[middle] === "0" ? "1" : "0") + value.slice(middle + 1);
}
