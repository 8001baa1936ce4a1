import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseYuan } from "../../kernel/money.ts";
import { comprehensiveEvaluation } from "./comprehensive-evaluation.ts";
import { type FormulaNode, type FormulaTree, nodesOf } from "./formula-tree.ts";
import { sheetFaults } from "./formula-values.ts";
import type { EvaluatedBid, EvaluationResult } from "./method.ts";
import { comprehensiveWorksTree as tree } from "./trees/comprehensive-works.ts";

const items = nodesOf(tree.declared).filter((node) => node.op === "expertScore");
const midScores = Object.fromEntries(items.map((item) => [item.id, "2.5"]));

function aBid(bidId: string, price: string, differs: Partial<EvaluatedBid> = {}): EvaluatedBid {
  const sheets = ["S1", "S2", "S3", "S4", "S5"].map((seat) => ({ seat, scores: midScores }));
  return { bidId, priceFen: parseYuan(price), facts: { "cre-1": "A", "cre-2": "one", "cre-3": "none" }, sheets, ...differs };
}

function shownValue(result: EvaluationResult, id: string, bidId?: string): string | undefined {
  return result.values.find((value) => value.id === id && value.bidId === bidId && value.seat === undefined)?.shown;
}

const worked = ["178200000.00", "179600000.00", "180400000.00", "181100000.00", "182900000.00"].map((price, index) =>
  aBid(`B${index + 1}`, price),
);
const evaluated = comprehensiveEvaluation.evaluate({ tree, bids: worked, draws: { K: "4.0%" } });

test("the worked example of the document: mean, benchmark, five price scores", () => {
  assert.equal(shownValue(evaluated, "meanPrice"), "180366666.67");
  assert.equal(shownValue(evaluated, "benchmark"), "173152000.00");
  assert.deepEqual(
    worked.map(({ bidId }) => shownValue(evaluated, "price", bidId)),
    ["57.08", "56.28", "55.81", "55.41", "54.37"],
  );
});

test("every node of every bid, and every seat's score, is among the values", () => {
  const nodes = nodesOf(tree.declared);
  for (const { bidId } of worked) {
    for (const node of nodes) {
      const own = evaluated.values.filter((value) => value.id === node.id && (value.bidId === bidId || value.bidId === undefined));
      assert.equal(own.length, node.op === "expertScore" ? 6 : 1, `${node.id} of ${bidId}`);
    }
  }
  assert.equal(evaluated.values.find((value) => value.id === "meanPrice")?.value, "541100000/3");
});

test("the total is the sum of its parts, rounded once", () => {
  assert.equal(shownValue(evaluated, "technical", "B1"), "15.00");
  assert.equal(shownValue(evaluated, "credential", "B1"), "11.00");
  assert.equal(shownValue(evaluated, "total", "B1"), "83.08");
  assert.deepEqual(
    evaluated.ranking.map(({ rank, bidId, result }) => `${rank} ${bidId} ${result}`),
    ["1 B1 83.08", "2 B2 82.28", "3 B3 81.81", "4 B4 81.41", "5 B5 80.37"],
  );
});

test("thirds of points stay exact until the total", () => {
  const thirds = ["2", "2", "2.5"].map((text, index) => ({ seat: `S${index}`, scores: { ...midScores, "tec-1": text } }));
  const result = comprehensiveEvaluation.evaluate({ tree, bids: [aBid("B1", "100", { sheets: thirds })], draws: { K: "4.0%" } });
  assert.equal(result.values.find((value) => value.id === "tec-1" && value.seat === undefined)?.value, "13/6");
});

test("four bids keep their extremes, five lose one at each end", () => {
  const four = comprehensiveEvaluation.evaluate({ tree, bids: worked.slice(0, 4), draws: { K: "4.0%" } });
  assert.equal(shownValue(four, "meanPrice"), "179825000.00");
});

test("above the benchmark a per cent costs one point, below it half a point, never under the floor", () => {
  const plain: FormulaTree = {
    ...tree,
    declared: tree.declared.map((root) =>
      root.id === "benchmark" ? ({ id: "benchmark", op: "const", value: "100.00" } as FormulaNode) : root,
    ),
  };
  const bids = [aBid("at", "100"), aBid("above", "101"), aBid("below", "99"), aBid("far", "500")];
  const result = comprehensiveEvaluation.evaluate({ tree: plain, bids, draws: {} });
  assert.deepEqual(
    bids.map(({ bidId }) => shownValue(result, "price", bidId)),
    ["60.00", "59.00", "59.50", "0.00"],
  );
});

test("equal totals are parted by price, then technique, then only by a draw", () => {
  const twins = [aBid("X", "100"), aBid("Y", "100"), aBid("Z", "100")];
  const tied = comprehensiveEvaluation.evaluate({ tree, bids: twins, draws: { K: "3.0%" } });
  assert.deepEqual(tied.needsDraw, [["X", "Y", "Z"]]);
  assert.deepEqual(
    tied.ranking.map(({ rank }) => rank),
    [1, 1, 1],
  );
  const drawn = comprehensiveEvaluation.evaluate({ tree, bids: twins, draws: { K: "3.0%" }, tieOrder: ["Z", "X", "Y"] });
  assert.deepEqual(drawn.needsDraw, []);
  assert.deepEqual(
    drawn.ranking.map(({ rank, bidId }) => `${rank}${bidId}`),
    ["1Z", "2X", "3Y"],
  );
});

test("the same total at a lower price wins; at the same price the better technique", () => {
  const flat: FormulaTree = {
    ...tree,
    declared: [
      {
        id: "total",
        op: "sum",
        children: [
          {
            id: "technical",
            op: "table",
            rows: [
              { key: "a", when: "a", score: "5" },
              { key: "b", when: "b", score: "6" },
            ],
          },
          {
            id: "rest",
            op: "table",
            rows: [
              { key: "a", when: "a", score: "6" },
              { key: "b", when: "b", score: "5" },
            ],
          },
        ],
      },
    ],
  };
  const bids = [
    { ...aBid("dear", "101"), facts: { technical: "b", rest: "b" } },
    { ...aBid("plain", "100"), facts: { technical: "a", rest: "a" } },
    { ...aBid("fine", "100"), facts: { technical: "b", rest: "b" } },
  ];
  assert.deepEqual(
    comprehensiveEvaluation.evaluate({ tree: flat, bids, draws: {} }).ranking.map(({ bidId }) => bidId),
    ["fine", "plain", "dear"],
  );
});

test("the order of the register does not change any score", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(worked, { minLength: 5 }), (bids) => {
      const result = comprehensiveEvaluation.evaluate({ tree, bids, draws: { K: "4.0%" } });
      assert.deepEqual(result.ranking, evaluated.ranking);
    }),
    { numRuns: 20 },
  );
});

test("what is missing or not allowed is never guessed", () => {
  const evaluate = (bid: EvaluatedBid, draws = { K: "4.0%" }) => comprehensiveEvaluation.evaluate({ tree, bids: [bid], draws });
  assert.throws(() => comprehensiveEvaluation.evaluate({ tree, bids: [], draws: { K: "4.0%" } }), /no valid bid/);
  assert.throws(() => evaluate(aBid("B", "1"), { K: "4.1%" }), /no lawful draw/);
  assert.throws(() => evaluate(aBid("B", "1", { facts: {} })), /no row of cre-1/);
  assert.throws(() => evaluate(aBid("B", "1", { sheets: [] })), /nobody scored/);
  assert.throws(() => evaluate(aBid("B", "1", { sheets: [{ seat: "S1", scores: { ...midScores, "tec-1": "4.5" } }] })), /outOfRange/);
});

test("the document's items, facts and draws are told to those who must answer them", () => {
  assert.deepEqual(
    comprehensiveEvaluation.sheetItems(tree).map(({ id }) => id),
    ["tec-1", "tec-2", "tec-3", "tec-4", "tec-5", "tec-6"],
  );
  assert.deepEqual(
    comprehensiveEvaluation.factTables(tree).map(({ id, rows }) => `${id} ${rows.map(({ key }) => key)}`),
    ["cre-1 A,B,C", "cre-2 two,one,none", "cre-3 one,none"],
  );
  assert.deepEqual(
    comprehensiveEvaluation.draws(tree).map(({ id, list }) => `${id} ${list.length}`),
    ["K 11"],
  );
});

test("a sheet is checked before it is submitted", () => {
  assert.deepEqual(sheetFaults(tree, midScores), []);
  const { "tec-1": _, ...short } = midScores;
  assert.deepEqual(sheetFaults(tree, short), [{ item: "tec-1", fault: "missing" }]);
  const wrong = { ...midScores, "tec-1": "2.25", "tec-2": "6.5", "tec-3": "-1", "tec-4": "1e0", extra: "1" };
  assert.deepEqual(
    sheetFaults(tree, wrong).map(({ item, fault }) => `${item} ${fault}`),
    ["tec-1 offStep", "tec-2 outOfRange", "tec-3 notANumber", "tec-4 notANumber", "extra unknown"],
  );
});

const wrongTrees: [string, (tree: FormulaTree) => FormulaTree, RegExp][] = [
  [
    "two nodes of one name",
    (good) => ({ ...good, declared: [...good.declared, { id: "one", op: "const", value: "1" }] }),
    /one stands twice/,
  ],
  ["no total", (good) => ({ ...good, total: "sum" }), /total sum is no root/],
  ["nothing that parts equals", (good) => ({ ...good, tieBreak: ["lowerPrice"] }), /nothing declared parts/],
  [
    "a number that is none",
    (good) => ({ ...good, declared: [...good.declared, { id: "x", op: "const", value: "1e3" }] }),
    /x: not a decimal/,
  ],
  [
    "a draw of one value",
    (good) => ({ ...good, declared: [...good.declared, { id: "x", op: "draw", list: ["1%"] }] }),
    /two or more different/,
  ],
  [
    "drops that leave nothing",
    (good) => ({
      ...good,
      declared: [...good.declared, { id: "x", op: "mean", source: "validBidPrices", drop: [{ from: 2, highest: 1, lowest: 1 }] }],
    }),
    /nothing is left/,
  ],
  [
    "a benchmark that belongs to a bid",
    (good) => ({ ...good, declared: good.declared.filter(({ id }) => id !== "benchmark") }),
    /base benchmark is no root/,
  ],
  [
    "maxima that do not add up",
    (good) => ({
      ...good,
      declared: [
        ...good.declared,
        { id: "x", op: "sum", max: "9", children: [{ id: "y", op: "table", max: "8", rows: [{ key: "a", when: "a", score: "8" }] }] },
      ],
    }),
    /do not add up/,
  ],
  [
    "a row above its maximum",
    (good) => ({ ...good, declared: [...good.declared, { id: "x", op: "table", max: "1", rows: [{ key: "a", when: "a", score: "2" }] }] }),
    /more than its greatest/,
  ],
  [
    "a step of nothing",
    (good) => ({ ...good, declared: [...good.declared, { id: "x", op: "expertScore", min: "0", max: "1", step: "0" }] }),
    /step is not above zero/,
  ],
];

test("a wrong declaration is found when the document is issued", () => {
  assert.deepEqual(comprehensiveEvaluation.treeFaults(tree), []);
  for (const [name, change, fault] of wrongTrees) assert.match(comprehensiveEvaluation.treeFaults(change(tree)).join("; "), fault, name);
});
