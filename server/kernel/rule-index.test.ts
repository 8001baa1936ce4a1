import assert from "node:assert/strict";
import { test } from "node:test";
import { pass, type Rule } from "./rule.ts";
import { ruleIndex, unexplainedRules } from "./rule-index.ts";

const periodRule: Rule<never> = { code: "document.period-too-short", parts: { ruleId: "CON-016", check: () => pass } };
const claim = { ruleId: "CON-034", at: "server/trade/tendering/holder.ts", how: "holders are sealed", test: "holder.test.ts" };
const base = { rules: [periodRule], claims: [claim], reasons: { "CON-022": "no reference price is offered" }, enabled: ["CO"] };

function lineOf(id: string): string {
  return (
    ruleIndex(base)
      .split("\n")
      .find((line) => line.startsWith(`| ${id} |`)) ?? assert.fail(id)
  );
}

test("each of the 261 rows has one line", () => {
  assert.equal(
    ruleIndex(base)
      .split("\n")
      .filter((line) => /^\| [A-Z]+-\d{3} /.test(line)).length,
    261,
  );
  assert.match(ruleIndex(base), /261 rules, 2 enforced/);
});

test("what is enforced is named, what is not says why", () => {
  assert.match(lineOf("CON-016"), /`document.period-too-short` \|$/);
  assert.match(lineOf("CON-034"), /holders are sealed \(`server\/trade\/tendering\/holder.ts`\) \|$/);
  assert.match(lineOf("CON-022"), /not yet: no reference price is offered \|$/);
  assert.match(lineOf("GOV-010"), /not yet: no enabled procedure \(CO\) meets it \|$/);
  assert.match(lineOf("CON-044"), /not yet: no reason given \|$/);
});

test("a row of an enabled procedure without enforcement or reason is found", () => {
  const missing = unexplainedRules(base).map((row) => row.id);
  assert.ok(missing.includes("CON-044"));
  for (const id of ["CON-016", "CON-034", "CON-022", "GOV-010", "CON-014"]) assert.equal(missing.includes(id), false, id);
});
