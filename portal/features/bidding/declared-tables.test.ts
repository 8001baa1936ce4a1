import assert from "node:assert/strict";
import { test } from "node:test";
import { declaredTables } from "./declared-tables.ts";

const rows = [
  { key: "A", when: "A 级", score: "4" },
  { key: "none", when: "无", score: "0" },
];

test("finds the tables at any depth, in the order of the formula", () => {
  const tree = {
    declared: [
      {
        id: "a",
        op: "sum",
        children: [
          { id: "x", label: "信用等级", op: "table", max: "4", rows },
          { id: "y", op: "score" },
        ],
      },
      { id: "z", op: "table", rows },
    ],
  };
  assert.deepEqual(
    declaredTables(tree).map(({ id, label, rows: [first] }) => [id, label, first]),
    [
      ["x", "信用等级", { key: "A", words: "A 级（4 分）" }],
      ["z", "z", { key: "A", words: "A 级（4 分）" }],
    ],
  );
});

test("a document without a formula has none", () => {
  assert.deepEqual(declaredTables(undefined), []);
  assert.deepEqual(declaredTables({ op: "table" }), []);
});
