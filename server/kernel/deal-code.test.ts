import assert from "node:assert/strict";
import { test } from "node:test";
import {
  check37,
  documentCode,
  isCreditCode,
  isIdentityNumber,
  isInvestmentProjectCode,
  isUnifiedDealCode,
  lotCode,
  projectCode,
  tenderProjectCode,
  unifiedDealCode,
} from "./deal-code.ts";

const parts = { tradeClass: "A01", operatorCreditCode: "91350100M000100Y43", on: "2026-01-05", serial: 1 };

test("the deal code has 40 characters and the check character of MOD 37-2 (id-03)", () => {
  assert.equal(unifiedDealCode(parts), "A01-91350100M000100Y43-20260105-000001-E");
  assert.equal(unifiedDealCode(parts).length, 40);
  assert.equal(
    unifiedDealCode({ tradeClass: "A02", operatorCreditCode: "12350200MB000100X2", on: "2026-11-12", serial: 217 }),
    "A02-12350200MB000100X2-20261112-000217-9",
  );
});

test("any one changed character is found", () => {
  const code = unifiedDealCode(parts);
  for (let i = 0; i < code.length; i++) {
    for (const other of "0123456789ABCDEFGHJKLMNPQRTUWXY*") {
      if (other !== code[i]) assert.equal(isUnifiedDealCode(code.slice(0, i) + other + code.slice(i + 1)), false, `${i} ${other}`);
    }
  }
});

test("wrong parts make no code", () => {
  assert.throws(() => unifiedDealCode({ ...parts, serial: 0 }), RangeError);
  assert.throws(() => unifiedDealCode({ ...parts, serial: 1_000_000 }), RangeError);
  assert.throws(() => unifiedDealCode({ ...parts, on: "2026-02-30" }), RangeError);
  assert.throws(() => unifiedDealCode({ ...parts, operatorCreditCode: "91350100M000100Y44" }), RangeError);
  assert.throws(() => check37("a"), RangeError);
});

test("project, tender project, lot and document codes are 17, 20, 23 and 26 characters", () => {
  const project = projectCode({ letter: "E", region: "350200", platform: "0001", serial: 201 });
  assert.equal(project, "E3502000001000201");
  assert.equal(tenderProjectCode(project, 1), "E3502000001000201001");
  assert.equal(lotCode(tenderProjectCode(project, 1), 1), "E3502000001000201001001");
  assert.equal(documentCode("E3502000001000201001001", 1), "E3502000001000201001001001");
  assert.throws(() => lotCode(project, 1), RangeError);
  assert.equal(isInvestmentProjectCode("2018-350200-47-03-012345"), true);
  assert.equal(isInvestmentProjectCode("2018-350200-47-03-01234"), false);
});

test("credit codes by GB 32100 (id-01)", () => {
  for (const code of ["91350100M000100Y43", "91350200M0001000AU", "12350200M0002000BU", "11350200M0003000CR"])
    assert.equal(isCreditCode(code), true, code);
  for (const code of ["91350100M000100Y44", "91350100m000100y43", "91350100M000100Y4", "91350100I000100Y43", ""])
    assert.equal(isCreditCode(code), false, code);
});

test("identity numbers by GB 11643, with a real date of birth in the past (id-02)", () => {
  assert.equal(isIdentityNumber("11010519491231002X", "2026-11-23"), true);
  assert.equal(isIdentityNumber("110105194912310021", "2026-11-23"), false);
  assert.equal(isIdentityNumber("11010519491231002X", "1949-12-30"), false);
  assert.equal(isIdentityNumber("11010519490231002X", "2026-11-23"), false);
});
