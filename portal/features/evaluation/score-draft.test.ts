import assert from "node:assert/strict";
import { test } from "node:test";
import { cellFault, scoreRows, sumOf } from "./score-draft.ts";

const item = { id: "plan", label: "施工方案", min: "3", max: "10", step: "0.5", criteria: "" };

test("a score stands on the declared scale, its ends included", () => {
  const rows: [string, ReturnType<typeof cellFault>][] = [
    ["3", undefined],
    ["10", undefined],
    ["7.5", undefined],
    ["2.5", "offScale"],
    ["10.5", "offScale"],
    ["7.3", "offScale"],
    ["", "empty"],
    ["seven", "notNumber"],
  ];
  for (const [text, fault] of rows) assert.equal(cellFault(item, text), fault, text);
});

test("sums are exact", () => {
  assert.equal(sumOf([item, { ...item, id: "b" }], { plan: "0.1", b: "0.2" }), "0.3");
});

test("only numbers are sent", () => {
  assert.deepEqual(scoreRows({ a: { plan: "7.5 ", other: "" } }), [{ bidDigest: "a", item: "plan", score: "7.5" }]);
});
