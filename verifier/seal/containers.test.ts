/**
 * The server that opens a bid and the verifier that judges the opening must call the same containers right: a bid on
 * which they differ would spoil the record of its whole lot. Both are asked about thousands of broken containers.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, hex, u32, utf8 } from "../../formats/bytes.ts";
import { ContainerCheck } from "../../formats/seal/container.ts";
import { suiteOf } from "../../formats/seal/suite.ts";
import { findAlgorithms } from "./algorithms.ts";
import { readContainer } from "./body.ts";

const contents = [utf8("one"), utf8(""), utf8("第三个文件")];
const names = ["bid-form.json", "空.txt", 'a "quoted" name'];
const rows = names.map((name, i) => ({ hash: hex(suiteOf(1).hash(contents[i]!)), name, size: contents[i]!.length }));
const manifest = JSON.stringify({ files: rows, v: 1 });
const seal = (text: string | Uint8Array, ...parts: Uint8Array[]) => {
  const bytes = typeof text === "string" ? utf8(text) : text;
  return concat(u32(bytes.length), bytes, ...parts);
};

function judge(plain: Uint8Array, cut = plain.length): boolean {
  const check = new ContainerCheck(suiteOf(1));
  for (let at = 0; at < plain.length; at += cut) check.push(plain.subarray(at, at + cut));
  const [made, proved] = [check.end(), readContainer(findAlgorithms(1)!, plain)];
  assert.deepEqual(made, proved, `they differ on ${JSON.stringify(new TextDecoder().decode(plain))}`);
  return made !== undefined;
}

test("the whole container is right, however it is cut", () => {
  for (const cut of [1, 2, 3, 5, 64, 1000]) assert.ok(judge(seal(manifest, ...contents), cut));
});

const broken: [string, Uint8Array][] = [
  ["nothing", new Uint8Array(0)],
  ["three bytes", new Uint8Array(3)],
  ["a length beyond the end", concat(u32(2 ** 31), utf8(manifest))],
  ["a byte too many", seal(manifest, ...contents, Uint8Array.of(0))],
  ["a byte too few", seal(manifest, ...contents).slice(0, -1)],
  ["files in another order", seal(manifest, ...contents.toReversed())],
  ["a byte order mark", seal(`\ufeff${manifest}`, ...contents)],
  ["white space", seal(manifest.replace(",", ", "), ...contents)],
  ["an escaped letter", seal(manifest.replace("空", "\\u7a7a"), ...contents)],
  ["an escaped slash", seal(manifest.replace("空", "\\/"), ...contents)],
  ["members in another order", seal(JSON.stringify({ v: 1, files: rows }), ...contents)],
  ["an unknown member", seal(JSON.stringify({ files: rows, v: 1, w: 1 }), ...contents)],
  ["a member twice", seal(manifest.replace('"v":1', '"v":1,"v":1'), ...contents)],
  ["version 2", seal(manifest.replace('"v":1', '"v":2'), ...contents)],
  ["no files", seal('{"files":[],"v":1}')],
  ["files that are no list", seal('{"files":{"length":1},"v":1}')],
  ["a manifest that is null", seal("null")],
  ["a size of minus zero", seal(manifest.replace('"size":0', '"size":-0'), ...contents)],
  ["a size as text", seal(manifest.replace('"size":0', '"size":"0"'), ...contents)],
  ["a negative size", seal(manifest.replace('"size":3', '"size":-3'), ...contents)],
  ["a path", seal(manifest.replace("空.txt", "../空.txt"), ...contents)],
  ["a name twice", seal(manifest.replace("空.txt", "bid-form.json"), ...contents)],
  ["bytes that are not UTF-8", seal(concat(utf8(manifest.slice(0, 90)), Uint8Array.of(0xff), utf8(manifest.slice(91))), ...contents)],
  ["a lone surrogate", seal(manifest.replace("空", "\\ud800"), ...contents)],
];
for (const [what, plain] of broken) {
  test(`both refuse: ${what}`, () => {
    assert.equal(judge(plain), false);
    if (plain.length > 0) judge(plain, 7);
  });
}

test("both judge alike whatever is changed", () => {
  const whole = seal(manifest, ...contents);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(2), fc.uint8Array({ minLength: 0, maxLength: 3 }), (at, removed, inserted) => {
      judge(concat(whole.subarray(0, at), inserted, whole.subarray(at + removed)));
    }),
    { numRuns: 3000 },
  );
  const characters = fc.constantFrom('"', "\\", "/", "{", "}", "0", "1", "-", ".", " ", "\u0000", "\u007f", "标", "\u{1f600}", "e");
  fc.assert(
    fc.property(fc.nat(manifest.length - 1), fc.nat(2), characters, (at, removed, inserted) => {
      judge(seal(manifest.slice(0, at) + inserted + manifest.slice(at + removed), ...contents));
    }),
    { numRuns: 3000 },
  );
});
