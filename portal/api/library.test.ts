/** Rules are found by number, article and text; figures are only those that are figures. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, type RuleLine, rulesFound } from "./library.ts";

const rule = (id: string, zh: string, domain = "construction"): RuleLine => ({
  id,
  words: { zh, en: "x" },
  law: "招标投标法",
  article: "第24条",
  domain,
  confidence: "high",
  check: "checked",
});

test("all words must be there, in any place; full width is half width", () => {
  const rules = [rule("CON-016", "最短时间"), rule("CON-017", "澄清修改"), rule("GP-001", "采购", "government_procurement")];
  assert.deepEqual(
    rulesFound(rules, "第２４条 澄清", undefined).map(({ id }) => id),
    ["CON-017"],
  );
  assert.deepEqual(
    rulesFound(rules, "con-016", undefined).map(({ id }) => id),
    ["CON-016"],
  );
  assert.equal(rulesFound(rules, "", "government_procurement").length, 1);
});

test("a reference or an event is no figure", () => {
  const version = { inForceFrom: null, inForceTo: null, asOf: "2026-11-22" };
  const values = [
    { value: "20", unit: "calendar_day", operator: ">=" },
    { value: "bid_opening", unit: "event", operator: null },
    { value: "0.5", unit: "percent", operator: "<=" },
  ];
  assert.deepEqual(
    figuresOf({ ...version, values }).map(({ value }) => value),
    ["20", "0.5"],
  );
});
