import assert from "node:assert/strict";
import { test } from "node:test";
import { capitalText, fenOf, moneyText, tenThousandText } from "./money.ts";

test("exact money has thousands and two decimals", () => {
  assert.equal(moneyText("8214630855"), "￥82,146,308.55");
  assert.equal(moneyText("5"), "￥0.05");
});

test("money in lists is in 万元, rounded half up", () => {
  assert.equal(tenThousandText("18642050000"), "18,642.05");
  assert.equal(tenThousandText("15000"), "0.02");
});

test("an amount typed in yuan becomes fen, and nothing else does", () => {
  assert.equal(fenOf("1,234.5"), "123450");
  assert.equal(fenOf("￥418,000"), "41800000");
  for (const wrong of ["", "1.234", "-3", "1e5", "abc"]) assert.equal(fenOf(wrong), undefined, wrong);
});

test("capital form", () => {
  const rows: [string, string][] = [
    ["41800000", "肆拾壹万捌仟元整"],
    ["8214630855", "捌仟贰佰壹拾肆万陆仟叁佰零捌元伍角伍分"],
    ["10000500", "壹拾万零伍元整"],
    ["100000000000", "壹拾亿元整"],
    ["105", "壹元零伍分"],
    ["50", "伍角整"],
    ["0", "零元整"],
  ];
  for (const [fen, text] of rows) assert.equal(capitalText(fen), text, fen);
});
