/** An address becomes a question, and an empty list knows the way out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lotSearchOf, questionOf, relaxationsOf } from "./find-lots.ts";

test("what makes no sense in an address is left out", () => {
  assert.deepEqual(lotSearchOf({ q: "排污", amount: "0-400", due: 7, page: 3, region: "350206", other: "x" }), {
    q: "排污",
    amount: "0-400",
    due: "7",
    page: 3,
    region: "350206",
  });
  assert.deepEqual(lotSearchOf({ q: "", amount: "1-2", due: "99", page: -1, stage: {} }), {});
  assert.equal(lotSearchOf({ q: 350206 }).q, "350206", "a code of digits alone is a word");
});

test("bounds are asked in fen, pages by offset", () => {
  const asked = questionOf({ q: "第3标段", amount: "400-3000", due: "3", page: 2 });
  assert.deepEqual(Object.fromEntries(asked), {
    published: "true",
    text: "第3标段",
    fromFen: "400000000",
    toFen: "3000000000",
    dueWithinHours: "72",
    limit: "20",
    offset: "20",
  });
  assert.equal(questionOf({ amount: "10000-" }).get("toFen"), null);
});

test("an empty list offers to drop the filter that leaves something", () => {
  const found = { total: 0, lots: [], choices: { stage: [], region: [{ value: "350203", count: 12 }], sector: [] } };
  assert.deepEqual(relaxationsOf({ region: "350206", stage: "result" }, found), [{ without: "region", count: 12 }]);
});
