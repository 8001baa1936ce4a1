import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { utf8 } from "./bytes.ts";
import { IJsonError, parseIJson } from "./i-json.ts";
import { jcsText } from "./jcs.ts";

const vectors = JSON.parse(readFileSync(new URL("vectors/i-json.json", import.meta.url), "utf8"));

for (const { id, text, jcs } of vectors.cases) {
  test(`${id}: ${jcs === null ? "is refused" : "has one canonical text"}`, () => {
    if (jcs === null) assert.throws(() => parseIJson(text), IJsonError);
    else assert.equal(jcsText(parseIJson(text)), jcs);
  });
}

test("bytes are read as strict UTF-8 without a byte order mark", () => {
  assert.deepEqual(parseIJson(utf8('{"招标人":1}')), { 招标人: 1 });
  assert.throws(() => parseIJson(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)), IJsonError);
  assert.throws(() => parseIJson(Uint8Array.of(0x22, 0xc3, 0x22)), IJsonError);
});

test("a member called __proto__ is data", () => {
  assert.deepEqual(Object.keys(parseIJson('{"__proto__":{"a":1}}') as object), ["__proto__"]);
});
