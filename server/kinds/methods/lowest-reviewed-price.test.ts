import assert from "node:assert/strict";
import { test } from "node:test";
import { lowestReviewedPrice, type ReviewedPriceTree } from "./lowest-reviewed-price.ts";

const tree: ReviewedPriceTree = { ceilingFen: "200000", floorFen: null, tieBreak: ["lowerPrice", "fileOrder"] };
const aBid = (bidId: string, priceFen: bigint, adjustments: { label: string; fen: bigint }[] = []) => ({
  bidId,
  priceFen,
  facts: {},
  sheets: [],
  adjustments,
});
const order = (input: ReviewedPriceTree, bids: ReturnType<typeof aBid>[]) => lowestReviewedPrice.evaluate({ tree: input, bids, draws: {} });

test("the lowest reviewed price is first", () => {
  const result = order(tree, [aBid("a", 150_000n), aBid("b", 120_000n), aBid("c", 130_000n)]);
  assert.deepEqual(result.ranking, [
    { rank: 1, bidId: "b", result: "1200.00" },
    { rank: 2, bidId: "c", result: "1300.00" },
    { rank: 3, bidId: "a", result: "1500.00" },
  ]);
});

test("deviations count as money, and both amounts are kept", () => {
  const result = order(tree, [aBid("a", 120_000n, [{ label: "payment terms", fen: 15_000n }]), aBid("b", 130_000n)]);
  assert.deepEqual(
    result.ranking.map(({ bidId }) => bidId),
    ["b", "a"],
  );
  assert.deepEqual(
    result.values.filter(({ bidId }) => bidId === "a").map(({ id, shown }) => `${id} ${shown}`),
    ["price 1200.00", "adjustment:payment terms 150.00", "reviewedPrice 1350.00"],
  );
});

test("at the floor and at the ceiling is in, one fen beyond is out", () => {
  const result = order({ ...tree, floorFen: "100000" }, [
    aBid("floor", 100_000n),
    aBid("under", 99_999n),
    aBid("ceiling", 200_000n),
    aBid("over", 200_001n),
  ]);
  assert.deepEqual(
    result.ranking.map(({ bidId }) => bidId),
    ["floor", "ceiling"],
  );
  assert.deepEqual(result.excluded, [
    { bidId: "under", reason: "belowFloor" },
    { bidId: "over", reason: "aboveCeiling" },
  ]);
});

test("equal prices go to the order of the file where that is declared, else to a draw", () => {
  const twins = [aBid("second-row", 120_000n), aBid("third-row", 120_000n)];
  assert.deepEqual(
    order(tree, twins).ranking.map(({ bidId }) => bidId),
    ["second-row", "third-row"],
  );
  assert.deepEqual(order({ ...tree, tieBreak: ["draw"] }, twins).needsDraw, [["second-row", "third-row"]]);
});

test("a wrong declaration is found, and no bid is no evaluation", () => {
  assert.deepEqual(lowestReviewedPrice.treeFaults(tree), []);
  for (const wrong of [
    { ...tree, ceilingFen: "1.5" },
    { ...tree, ceilingFen: "0" },
    { ...tree, floorFen: "200001" },
    { ...tree, floorFen: "-1" },
    { ...tree, tieBreak: ["lowerPrice" as const] },
  ]) {
    assert.equal(lowestReviewedPrice.treeFaults(wrong).length, 1, JSON.stringify(wrong));
  }
  assert.throws(() => order(tree, []), /no valid bid/);
});
