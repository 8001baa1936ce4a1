import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runDrawVector } from "./vectors.ts";

const vectors = JSON.parse(readFileSync(new URL("../../formats/vectors/draw-v1.json", import.meta.url), "utf8"));

for (const { id, kind, input, expect } of vectors.cases) {
  test(`${id}: ${expect.error ?? "verifies"}`, () => assert.deepEqual(runDrawVector(kind, input), expect));
}

test("an unknown kind of vector is not answered", () => {
  assert.equal(runDrawVector("constructor", {}), undefined);
});
