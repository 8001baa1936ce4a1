/**
 * The test of a rule as a table: each row is a sentence at an edge, what differs from the base facts,
 * and what is expected. A blocking rule must have a passing and a refusing row (architecture §5).
 * For tests only; it is not behind the kernel's door.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { legalCalendar } from "../../law/calendar.ts";
import { ruleSet } from "../../law/rules.ts";
import type { RefusalData } from "./refusal.ts";
import { apply, type LawContext, type Rule, type Verdict } from "./rule.ts";

export type Expected = { verdict: Verdict | "doesNotApply" | "calendarUnavailable"; data?: RefusalData };

export const passes: Expected = { verdict: "passed" };
export const doesNotApply: Expected = { verdict: "doesNotApply" };
export const calendarUnavailable: Expected = { verdict: "calendarUnavailable" };

/** Refused with (at least) these figures. */
export function refused(data: RefusalData = {}): Expected {
  return { verdict: "refused", data };
}

/** A breach that only warns, marks, counts as overdue or is noted. */
export function noticed(verdict: Exclude<Verdict, "passed" | "refused">, data: RefusalData = {}): Expected {
  return { verdict, data };
}

export type Row<Facts> = readonly [sentence: string, differs: Partial<Facts>, expected: Expected];

/** The law of the sandbox's first day: published calendar, nothing confirmed. */
export const testLaw: LawContext = { ruleSet: ruleSet("2026-11-23"), calendar: legalCalendar() };

/** Makes one test of each row. @throws AssertionError when a blocking rule lacks a passing or a refusing row. */
export function ruleTable<Facts>(declared: Rule<Facts>, base: Facts, rows: readonly Row<Facts>[], context: LawContext = testLaw): void {
  for (const [sentence, differs, expected] of rows) {
    test(`${declared.code}: ${sentence}`, () => checkRow(declared, { ...base, ...differs }, expected, context));
  }
  test(`${declared.code}: the table has a passing row and a breach`, () => {
    const verdicts = new Set(rows.map(([, , { verdict }]) => verdict));
    assert.ok(verdicts.has("passed"), "no passing row");
    assert.ok(
      [...verdicts].some((verdict) => !["passed", "doesNotApply", "calendarUnavailable"].includes(verdict)),
      "no row that breaks the rule",
    );
  });
}

function checkRow<Facts>(declared: Rule<Facts>, facts: Facts, expected: Expected, context: LawContext): void {
  const result = apply(declared, facts, context);
  const actual = !result
    ? "doesNotApply"
    : result.refusal?.code === "lot.calendar-unavailable"
      ? "calendarUnavailable"
      : result.decision.verdict;
  assert.equal(actual, expected.verdict);
  for (const [name, value] of Object.entries(expected.data ?? {})) assert.deepEqual(result?.decision.data[name], value, name);
  const shown = result?.refusal ?? result?.notice?.refusal;
  if (shown) assert.ok(shown.message !== "" && shown.messageEn !== "" && shown.law, "a refusal names its law and speaks both languages");
}
