import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decimal, percent } from "./exact.ts";
import { capitalAmount, ceilingOf, compareShare, fenText, formatYuan, parseFen, parseYuan, shareOf, yuanText } from "./money.ts";

test("yuan text and fen are two spellings of one amount", () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), (fen) => {
      assert.equal(parseYuan(yuanText(fen)), fen);
      assert.equal(parseYuan(formatYuan(fen)), fen);
      assert.equal(parseFen(fenText(fen)), fen);
    }),
  );
});

test("what is no amount is refused, never rounded", () => {
  for (const text of ["", "1.234", "1e6", ".5", "1.", "12,34", "+1", " 1", "1 000", "NaN", "１"])
    assert.throws(() => parseYuan(text), RangeError, text);
  for (const text of ["", "01", "-0", "+1", "1.0", "1e3", "9".repeat(19)]) assert.throws(() => parseFen(text), RangeError, text);
});

test("readers see thousands, files do not", () => {
  assert.equal(formatYuan(17_820_000_005n), "178,200,000.05");
  assert.equal(yuanText(17_820_000_005n), "178200000.05");
  assert.equal(formatYuan(-5n), "-0.05");
  assert.equal(formatYuan(100_000n), "1,000.00");
});

test("a share is rounded half up, a ceiling is never rounded up", () => {
  assert.equal(shareOf(125n, percent(2)), 3n);
  assert.equal(ceilingOf(125n, percent(2)), 2n);
  assert.equal(ceilingOf(-125n, percent(2)), -3n);
  assert.equal(compareShare(parseYuan("8999999.99"), parseYuan("10000000"), percent(90)), -1);
  assert.equal(compareShare(parseYuan("9000000"), parseYuan("10000000"), percent(90)), 0);
  assert.throws(() => compareShare(1n, 0n, decimal("1")), RangeError);
});

const capitals: [string, string][] = [
  ["0", "零元整"],
  ["0.05", "伍分"],
  ["0.50", "伍角整"],
  ["10", "壹拾元整"],
  ["1409.50", "壹仟肆佰零玖元伍角整"],
  ["6007.14", "陆仟零柒元壹角肆分"],
  ["325.04", "叁佰贰拾伍元零肆分"],
  ["16409.02", "壹万陆仟肆佰零玖元零贰分"],
  ["107000.53", "壹拾万柒仟元伍角叁分"],
  ["100000", "壹拾万元整"],
  ["10000001", "壹仟万零壹元整"],
  ["1000100000", "壹拾亿零壹拾万元整"],
  ["178200000", "壹亿柒仟捌佰贰拾万元整"],
  ["1000000000000", "壹万亿元整"],
  ["1000100000000", "壹万零壹亿元整"],
  ["1000000010000", "壹万亿零壹万元整"],
];

test("人民币大写 as 支付结算办法 writes it", () => {
  for (const [text, words] of capitals) assert.equal(capitalAmount(parseYuan(text)), `人民币${words}`, text);
  assert.throws(() => capitalAmount(-1n), RangeError);
});
