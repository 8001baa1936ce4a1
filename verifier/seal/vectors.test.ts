import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runSealVector } from "./index.ts";

interface VectorCase {
  id: string;
  kind: string;
  input: unknown;
  expect: unknown;
}
const path = new URL("../../formats/vectors/seal-v1.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: VectorCase[] };

for (const { id, kind, input, expect } of cases) {
  test(`verifier: vector ${id}`, () => assert.deepEqual(runSealVector(kind, input), expect));
}

test("the file holds what its specification names", () => {
  assert.equal(cases.length, 99);
  assert.equal(runSealVector("unknown", {}), undefined);
});
