import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, allRules, calendarOf, isCalendarUnavailable, type LawRule, legalCalendar, lengthOf, rule } from "../../law/index.ts";
import { instantAt, parseOffsetTime } from "./instant.ts";
import { boundDay, boundInstant, dutyDue, judgeLimit, type LimitFinding, latestStart, limitBound, senseOf } from "./limit.ts";
import { minimumPeriodEnd } from "./period.ts";

const calendar = legalCalendar();
const limits = allRules.filter((row) => row.measure);

function judged(id: string, from: number | string, to: number | string): LimitFinding {
  const found = judgeLimit(rule(id), { from, to }, calendar);
  if (isCalendarUnavailable(found)) return assert.fail(`no calendar for ${found.calendarUnavailable}`);
  return found;
}

test("all 80 limits are judged by the one evaluator: at the bound it holds, one unit beyond it does not", () => {
  assert.equal(limits.length, 80);
  const from = instantAt("2026-03-02", "10:00");
  // Retention runs for years, so the calendar must reach that far; weekends are enough for this.
  const far = calendarOf(
    Array.from({ length: 25 }, (_, i) => ({
      year: 2026 + i,
      status: "assumed" as const,
      confidence: "verify" as const,
      source: "test",
      offDays: [],
      workDays: [],
    })),
  );
  for (const row of limits) checkEdges(row, from, far);
});

function checkEdges(row: LawRule, from: number, far: typeof calendar): void {
  const bound = limitBound(row, from, far);
  assert.ok(!isCalendarUnavailable(bound), row.id);
  const sense = senseOf(row);
  const at = (shift: number) => ("at" in bound ? bound.at + shift : instantAt(addDays(bound.on, shift), "10:00"));
  const holds = (shift: number) => (judgeLimit(row, { from, to: at(shift) }, far) as LimitFinding).holds;
  assert.equal(holds(0), true, `${row.id} at its bound`);
  assert.equal(holds(1), sense === "atLeast" || sense === "default", `${row.id} after its bound`);
  assert.equal(holds(-1), sense !== "atLeast" && sense !== "exactly", `${row.id} before its bound`);
}

test("twenty days for bids: the 20th day is enough, the 19th is not (cal-01, CON-016)", () => {
  assert.deepEqual(limitBound(rule("CON-016"), "2026-02-10", calendar), { on: "2026-03-02" });
  assert.equal(judged("CON-016", "2026-02-10", "2026-03-02").holds, true);
  const short = judged("CON-016", "2026-02-10", "2026-03-01");
  assert.deepEqual([short.holds, short.measured, short.required], [false, 19, 20]);
});

test("on the 20th day but earlier in the day is lawful and warned about (procedures §0.1)", () => {
  assert.equal(judged("CON-016", instantAt("2026-02-10", "09:00"), instantAt("2026-03-02", "08:59")).atEdge, true);
  assert.equal(judged("CON-016", instantAt("2026-02-10", "09:00"), instantAt("2026-03-02", "09:00")).atEdge, false);
});

test("an amendment 14 days before the deadline needs an extension to day 15 (cal-07, CON-017)", () => {
  const deadline = parseOffsetTime("2026-06-30T09:00:00+08:00");
  const found = judged("CON-017", "2026-06-16", deadline);
  assert.equal(found.holds, false);
  assert.equal(boundDay(found.bound), "2026-07-01");
  assert.equal(latestStart(rule("CON-017"), deadline, calendar), "2026-06-15");
});

test("the notice of procurement, the challenge, the complaint, the refund (cal-02, cal-03, cal-04, cal-08)", () => {
  assert.deepEqual(limitBound(rule("GOV-007"), "2026-02-10", calendar), { on: "2026-02-24" });
  assert.deepEqual(limitBound(rule("GOV-047"), "2026-09-22", calendar), { on: "2026-10-09" });
  assert.deepEqual(limitBound(rule("CON-069"), "2026-09-21", calendar), { on: "2026-10-08" });
  assert.deepEqual(limitBound(rule("GOV-014"), "2026-09-29", calendar), { on: "2026-10-12" });
  assert.equal(judged("CON-069", "2026-09-21", boundInstant({ on: "2026-10-08" })).holds, true);
  assert.equal(judged("CON-069", "2026-09-21", boundInstant({ on: "2026-10-08" }) + 1).holds, false);
});

test("publicity and disclosure end on their own day, holidays or not (cal-05, cal-06)", () => {
  assert.deepEqual(limitBound(rule("CON-067"), "2026-04-30", calendar), { on: "2026-05-03" });
  assert.deepEqual(limitBound(rule("PRP-001"), "2026-01-20", calendar), { on: "2026-02-24" });
});

test("opening is the same instant as the deadline, to the millisecond (CON-043)", () => {
  const deadline = instantAt("2026-06-30", "09:00");
  assert.equal(judged("CON-043", deadline, deadline).holds, true);
  assert.equal(judged("CON-043", deadline, deadline + 1).holds, false);
  assert.equal(judged("CON-043", deadline, deadline - 1).holds, false);
});

test("a default never refuses", () => {
  const start = instantAt("2026-06-30", "09:00");
  assert.equal(judged("CON-045", start, start + 5 * 60_000).holds, true);
});

test("where the year is unknown a working-day limit says so and a minimum of days does not need it", () => {
  assert.deepEqual(judgeLimit(rule("GOV-007"), { from: "2026-12-30", to: "2027-01-08" }, calendar), { calendarUnavailable: 2027 });
  assert.equal(judged("CON-016", "2026-12-20", "2027-01-09").holds, true);
  assert.deepEqual(dutyDue(rule("CON-074"), "2026-12-10", calendar), { on: "2027-01-09", calendarPending: true });
  assert.throws(() => dutyDue(rule("CON-043"), "2026-12-10", calendar), /no due day/);
});

test("the latest start is the last day from which the minimum still fits", () => {
  const days = fc.integer({ min: 60, max: 1300 }).map((offset) => addDays("2022-01-01", offset));
  const row = rule("GOV-008");
  const { value: length } = lengthOf(row);
  fc.assert(
    fc.property(days, (to) => {
      const start = latestStart(row, to, calendar);
      if (isCalendarUnavailable(start)) return assert.fail();
      const endFrom = (from: string) => minimumPeriodEnd(calendar, { from, length, unit: "working_day" }) as string;
      assert.ok(endFrom(start) <= to);
      assert.ok(endFrom(addDays(start, 1)) > to);
    }),
  );
});
