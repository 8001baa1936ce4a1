import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runEvidenceVector } from "./vectors.ts";

const vectors = JSON.parse(readFileSync(new URL("../../formats/vectors/evidence-v1.json", import.meta.url), "utf8"));

for (const { id, kind, input, expect } of vectors.cases) {
  test(`${id}: ${expect.error ?? "verifies"}`, () => assert.deepEqual(runEvidenceVector(kind, input), expect));
}

test("an unknown kind of vector is not answered", () => {
  assert.equal(runEvidenceVector("constructor", {}), undefined);
});
