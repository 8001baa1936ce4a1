import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { utf8 } from "../formats/bytes.ts";
import { jcsText } from "../formats/jcs.ts";
import { readIJson } from "./i-json.ts";

const vectors = JSON.parse(readFileSync(new URL("../formats/vectors/i-json.json", import.meta.url), "utf8"));

for (const { id, text, jcs } of vectors.cases) {
  test(`${id}: ${jcs === null ? "is refused" : "has one canonical text"}`, () => {
    if (jcs === null) assert.equal(readIJson(text), undefined);
    else assert.equal(jcsText(readIJson(text)), jcs);
  });
}

test("bytes are read as strict UTF-8 without a byte order mark", () => {
  assert.deepEqual(readIJson(utf8('{"招标人":1}')), { 招标人: 1 });
  assert.equal(readIJson(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)), undefined);
  assert.equal(readIJson(Uint8Array.of(0x22, 0xc3, 0x22)), undefined);
});

test("a member called __proto__ is data", () => {
  assert.deepEqual(Object.keys(readIJson('{"__proto__":{"a":1}}') as object), ["__proto__"]);
});
