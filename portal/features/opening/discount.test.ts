import assert from "node:assert/strict";
import { test } from "node:test";
import { discountText } from "./discount.ts";

test("the discount is rounded half up to two decimals", () => {
  assert.equal(discountText("8214630855", "8635000000"), "4.87%");
  assert.equal(discountText("8635000000", "8635000000"), "0.00%");
  assert.equal(discountText("99995", "100000"), "0.01%");
  assert.equal(discountText("100010", "100000"), "-0.01%");
  assert.equal(discountText("1", undefined), undefined);
});
