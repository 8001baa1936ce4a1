import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../../formats/jcs.ts";
import { Refused } from "../package/refused.ts";
import { fraction, fractionOf, rounded, shown, written } from "./fraction.ts";
import { begun, bids, events, result, sourcesOf } from "./test-evaluation.ts";
import { checkEvaluations } from "./verify.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reaches into events to spoil them.
type Spoil = (data: any) => void;

/** A value put at a path of an event's data. */
function put(path: string, value: string): Spoil {
  const names = path.split(".");
  const last = names.pop() ?? "";
  return (data) => {
    names.reduce((inner, name) => inner[name], data)[last] = value;
  };
}

/** The code after one event was changed; where the result itself is changed, its digest is made anew unless asked not to. */
function codeAfter(type: string, spoil: Spoil, keepDigest = false): string {
  const all = events();
  const event = all.findLast(([, name]) => name === type);
  const data = event?.[2] as ReturnType<typeof result> & { resultDigest: string };
  spoil(data);
  if (type === "evl.computed" && !keepDigest) {
    const { values, ranking, seats } = data;
    data.resultDigest = digestOf({ values, ranking, seats } as never);
  }
  return codeOf(() => checkEvaluations(sourcesOf(all)));
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "ok";
  } catch (fault) {
    if (fault instanceof Refused) return fault.code;
    throw fault;
  }
}

test("the figures that were worked out by hand come out again", () => {
  const [facts, ...more] = checkEvaluations(sourcesOf(events()));
  assert.deepEqual(more, []);
  assert.deepEqual(facts, {
    position: 12,
    method: "comprehensive-evaluation",
    bids: 3,
    seats: 3,
    figures: 26,
    sheets: "checked",
    drawnTies: 0,
  });
});

test("any one digit of any one figure that is changed is found, though the platform signs anew", () => {
  for (const k of result().values.keys()) {
    const { value = "", shown: reading = "" } = result().values[k] ?? {};
    assert.equal(codeAfter("evl.computed", put(`values.${k}.value`, `${value}1`)), "E_EVAL_VALUE", String(k));
    assert.equal(codeAfter("evl.computed", put(`values.${k}.shown`, reading.replace(/.$/, "7"))), "E_EVAL_VALUE", String(k));
  }
  assert.equal(
    codeAfter("evl.computed", ({ values }) => void values.pop()),
    "E_EVAL_VALUE",
  );
  assert.equal(
    codeAfter("evl.computed", ({ values }) => void values.push(values[0])),
    "E_EVAL_VALUE",
  );
});

test("one score of a sheet, a finding, a price or the drawn value is changed: each has its code", () => {
  const cases: [string, Spoil, string][] = [
    ["sht.submitted", put(`scores.${bids.a}.plan`, "8.5"), "E_EVAL_VALUE"],
    ["sht.submitted", put(`scores.${bids.a}.plan`, "8.25"), "E_EVAL_SHEET"],
    ["sht.submitted", put(`scores.${bids.a}.plan`, "10.5"), "E_EVAL_SHEET"],
    ["sht.submitted", ({ scores }) => void delete scores[bids.a].plan, "E_EVAL_SHEET"],
    ["evl.factFound", put("key", "A"), "E_EVAL_VALUE"],
    ["evl.factFound", put("key", "Z"), "E_EVAL_FACT"],
    ["evl.begun", put("bids.0.figures.priceFen", "9999"), "E_EVAL_BIDS"],
    ["opn.readOut", put("figures.0.priceFen", "9999"), "E_EVAL_BIDS"],
    ["evl.begun", put("bids.0.bidDigest", "d".repeat(64)), "E_EVAL_BIDS"],
    ["evl.begun", put("draws.K", "5.0%"), "E_EVAL_DRAW"],
    ["evl.begun", put("terms.method.tree.declared.1.children.0.perPercentAbove", "0.9"), "E_EVAL_TREE"],
    ["doc.issued", put("terms.method.tree.declared.1.children.0.perPercentAbove", "0.9"), "E_EVAL_TREE"],
    ["evl.begun", (data) => void delete data.bids, "E_EVAL_FORMAT"],
    ["evl.computed", (data) => void delete data.values, "E_EVAL_FORMAT"],
  ];
  for (const [type, spoil, code] of cases) assert.equal(codeAfter(type, spoil), code, `${type} → ${code}`);
});

test("ranking and digest follow from the figures", () => {
  assert.equal(
    codeAfter("evl.computed", ({ ranking }) => void ranking.reverse()),
    "E_EVAL_RANK",
  );
  assert.equal(codeAfter("evl.computed", put("ranking.0.score", "69.17")), "E_EVAL_RANK");
  assert.equal(codeAfter("evl.computed", put("ranking.1.priceFen", "1")), "E_EVAL_RANK");
  assert.equal(
    codeAfter("evl.computed", ({ ranking }) => void ranking.pop()),
    "E_EVAL_RANK",
  );
  const swap: Spoil = ({ ranking }) => {
    [ranking[0], ranking[1]] = [
      { ...ranking[1], rank: 1 },
      { ...ranking[0], rank: 2 },
    ];
  };
  assert.equal(codeAfter("evl.computed", swap), "E_EVAL_RANK");
  assert.equal(codeAfter("evl.computed", put("resultDigest", "0".repeat(64)), true), "E_EVAL_DIGEST");
});

test("a tree and a method that nobody can compute are refused; without the sheets the seats' figures stand unchecked", () => {
  const withMethod = (method: unknown) =>
    events().map(([stream, type, data]): [string, string, unknown] => [
      stream,
      type,
      type === "evl.begun" ? { ...begun, terms: { ...begun.terms, method } } : type === "doc.issued" ? { terms: { method } } : data,
    ]);
  const codeUnder = (method: unknown) => codeOf(() => checkEvaluations(sourcesOf(withMethod(method))));
  assert.equal(codeUnder({ name: "by-lot", tree: {} }), "E_EVAL_METHOD");
  assert.equal(codeUnder({ name: "comprehensive-evaluation", tree: { declared: [{ id: "x", op: "guess" }] } }), "E_EVAL_TREE");
  const [facts] = checkEvaluations(sourcesOf(events().filter(([stream]) => !stream.startsWith("sht"))));
  assert.equal(facts?.sheets, "unchecked");
});

test("the lowest reviewed price ranks by price and parts equal ones as declared", () => {
  const rows = [bids.c, bids.a, bids.b].map((bidDigest, k) => {
    const priceFen = ["9000", "10000", "10000"][k] ?? "";
    return { rank: k + 1, bidDigest, priceFen, score: `${priceFen.slice(0, -2)}.00` };
  });
  const values = begun.bids.flatMap(({ bidDigest: bidId, figures }, k) => {
    const yuan = k === 1 ? "100" : figures.priceFen.slice(0, -2);
    return ["price", "reviewedPrice"].map((id) => ({ id, bidId, value: yuan, shown: `${yuan}.00` }));
  });
  const judged = (tieBreak: string[], ranking = rows) => {
    const method = { name: "lowest-reviewed-price", tree: { ceilingFen: "20000", floorFen: null, tieBreak } };
    const of = { values, ranking, seats: [] };
    const equal = begun.bids.map((bid, k) => (k === 1 ? { ...bid, figures: { priceFen: "10000" } } : bid));
    return () =>
      checkEvaluations(
        sourcesOf([
          ["evl/L", "evl.begun", { ...begun, bids: equal, draws: {}, terms: { ...begun.terms, method } }],
          ["evl/L", "evl.computed", { ...of, resultDigest: digestOf(of as never) }],
        ]),
      );
  };
  assert.deepEqual(
    judged(["fileOrder"])().map(({ sheets, drawnTies }) => [sheets, drawnTies]),
    [["none", 0]],
  );
  assert.deepEqual(
    judged(["draw"])().map(({ drawnTies }) => drawnTies),
    [1],
  );
  const swapped = [rows[0], { ...rows[2], rank: 2 }, { ...rows[1], rank: 3 }] as typeof rows;
  assert.equal(codeOf(judged(["fileOrder"], swapped)), "E_EVAL_RANK");
});

test("fractions are exact, read in two decimals, rounded half away from zero", () => {
  assert.equal(written(fractionOf("4.0%")), "1/25");
  assert.equal(written(fraction(6n, -4n)), "-3/2");
  assert.equal(shown(fractionOf("-0.125")), "-0.13");
  assert.equal(written(rounded(fraction(1n, 3n), 2)), "33/100");
  for (const text of ["", "1.", "1e2", "4%%"]) assert.throws(() => fractionOf(text), RangeError);
});
