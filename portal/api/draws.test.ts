import assert from "node:assert/strict";
import { test } from "node:test";
import { drawOf, resultText, type WireDraw } from "./draws.ts";

const draw: WireDraw = {
  drawId: "drw_1",
  lotId: "lot_1",
  purpose: "coefficient",
  title: { zh: "系数抽取", en: "" },
  sealed: false,
  state: "revealing",
  mode: 0,
  tCommit: "",
  tReveal: "",
  plan: null,
  planHash: null,
  shares: [
    { i: 0, name: "甲", committed: true, revealed: true, forfeited: false, mine: false },
    { i: 1, name: "乙", committed: true, revealed: false, forfeited: false, mine: true },
    { i: 2, name: "丙", committed: true, revealed: false, forfeited: true, mine: false },
  ],
  result: null,
  failure: null,
  publishedAt: null,
  voidReason: null,
  limits: [],
};

test("who keeps silent is named as missing, who has not spoken yet is not", () => {
  assert.deepEqual(
    drawOf(draw, undefined).shares.map(({ state }) => state),
    ["agrees", "committed", "missing"],
  );
});

test("a result is one line, whatever was drawn", () => {
  assert.equal(resultText({ seed: "", coefficients: [{ id: "K", index: 3, value: "4.6%" }] }), "K = 4.6%");
  assert.equal(
    resultText({
      seed: "",
      strata: [
        { id: "a", primary: ["1", "2"] },
        { id: "b", primary: ["3"] },
      ],
    }),
    "3 席",
  );
  assert.equal(resultText(null), undefined);
});
