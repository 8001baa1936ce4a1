import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Calendar, isCalendarUnavailable, legalCalendar } from "../../law/calendar.ts";
import { addDays, addMonths, daysBetween, isPlainDate, weekdayOf } from "../../law/plain-date.ts";
import { dayOf, endOfDay, instantAt, instantText, parseInstant, parseOffsetTime, shanghaiChinese, shanghaiText } from "./instant.ts";
import { addWorkingDays, dutyDay, minimumPeriodEnd, outwardLimitEnd, rollForward, workingDaysBetween } from "./period.ts";

const calendar = legalCalendar();

test("a minimum period neither shrinks nor rolls (cal-01)", () => {
  assert.equal(minimumPeriodEnd(calendar, { from: "2026-02-10", length: 20, unit: "calendar_day" }), "2026-03-02");
});

test("working days leave out the Spring Festival and count its make-up Saturday (cal-02, cal-06)", () => {
  assert.equal(addWorkingDays(calendar, "2026-02-10", 5), "2026-02-24");
  assert.equal(addWorkingDays(calendar, "2026-01-20", 20), "2026-02-24");
});

test("an outward limit ending on a holiday ends on the next working day (cal-04)", () => {
  assert.equal(outwardLimitEnd(calendar, { from: "2026-09-21", length: 10, unit: "calendar_day" }), "2026-10-08");
});

test("the last day of publicity, where it must be a working day (cal-05)", () => {
  assert.equal(minimumPeriodEnd(calendar, { from: "2026-04-30", length: 3, unit: "calendar_day" }), "2026-05-03");
  assert.equal(rollForward(calendar, "2026-05-03"), "2026-05-06");
});

test("an unknown year is said, never guessed (cal-09)", () => {
  assert.deepEqual(addWorkingDays(calendar, "2031-01-05", 5), { calendarUnavailable: 2031 });
  assert.deepEqual(addWorkingDays(calendar, "2026-12-30", 5), { calendarUnavailable: 2027 });
  assert.deepEqual(workingDaysBetween(calendar, "2026-12-30", "2027-01-04"), { calendarUnavailable: 2027 });
  assert.deepEqual(outwardLimitEnd(calendar, { from: "2026-12-20", length: 14, unit: "calendar_day" }), { calendarUnavailable: 2027 });
  assert.equal(minimumPeriodEnd(calendar, { from: "2026-12-20", length: 20, unit: "calendar_day" }), "2027-01-09");
});

test("a later duty is armed unrolled and marked, an act's own limit is not", () => {
  assert.deepEqual(dutyDay(calendar, { from: "2026-12-20", length: 14, unit: "calendar_day" }), {
    on: "2027-01-03",
    calendarPending: true,
  });
  assert.deepEqual(dutyDay(calendar, { from: "2026-12-30", length: 5, unit: "working_day" }), { on: "2027-01-06", calendarPending: true });
  assert.deepEqual(dutyDay(calendar, { from: "2026-09-21", length: 10, unit: "calendar_day" }), {
    on: "2026-10-08",
    calendarPending: false,
  });
});

test("only a sandbox knows 2027 and 2028, and knows that they are assumed", () => {
  const sandbox = legalCalendar({ withAssumedYears: true });
  assert.equal(sandbox.isWorkingDay("2027-01-01"), false);
  assert.equal(sandbox.isWorkingDay("2027-01-04"), true);
  assert.deepEqual([...sandbox.assumedYears], [2027, 2028]);
  assert.deepEqual([...calendar.assumedYears], []);
  assert.deepEqual(sandbox.isWorkingDay("2029-01-02"), { calendarUnavailable: 2029 });
});

test("every holiday of a published year is off and every make-up day is a weekend day that works", () => {
  assert.equal(calendar.isWorkingDay("2026-02-14"), true);
  assert.equal(weekdayOf("2026-02-14"), 6);
  assert.equal(calendar.isWorkingDay("2026-10-07"), false);
  assert.equal(calendar.isWorkingDay("2026-11-25"), true);
  assert.equal(calendar.isWorkingDay("2026-11-28"), false);
});

test("counting forward and measuring back agree for every day and length", () => {
  const known = calendar as Calendar;
  const days = fc.integer({ min: 0, max: 1400 }).map((offset) => addDays("2022-01-01", offset));
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const end = addWorkingDays(known, from, count);
      if (isCalendarUnavailable(end)) return;
      assert.equal(workingDaysBetween(known, from, end), count);
      assert.equal(known.isWorkingDay(end), true);
      assert.equal(daysBetween(from, addDays(from, count)), count);
    }),
  );
});

test("a month without the corresponding day ends on its last day (民法典 202)", () => {
  assert.equal(addMonths("2026-01-31", 1), "2026-02-28");
  assert.equal(addMonths("2024-02-29", 12), "2025-02-28");
  assert.equal(addMonths("2026-11-25", 14), "2028-01-25");
  assert.equal(addMonths("2026-01-31", -2), "2025-11-30");
});

test("days that do not exist are no days", () => {
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-00-10", "1899-12-31", ""])
    assert.equal(isPlainDate(text), false, text);
  assert.equal(isPlainDate("2024-02-29"), true);
});

test("the Shanghai day of an instant changes at 16:00 UTC", () => {
  assert.equal(dayOf(parseInstant("2026-06-29T15:59:59.999Z")), "2026-06-29");
  assert.equal(dayOf(parseInstant("2026-06-29T16:00:00.000Z")), "2026-06-30");
  assert.equal(instantText(endOfDay("2026-06-30")), "2026-06-30T15:59:59.999Z");
  assert.equal(instantText(instantAt("2026-06-30", "09:00")), "2026-06-30T01:00:00.000Z");
  assert.equal(parseOffsetTime("2026-06-30T09:00:00+08:00"), instantAt("2026-06-30", "09:00"));
  assert.equal(shanghaiText(instantAt("2026-11-23", "09:47:05"), { seconds: true }), "2026-11-23 09:47:05");
  assert.equal(shanghaiChinese(instantAt("2026-11-03", "09:47")), "2026年11月3日 09:47");
});

test("times of another form are refused", () => {
  for (const text of ["2026-06-30T09:00:00Z", "2026-06-30", "2026-02-30T09:00:00.000Z", "2026-06-30T24:00:00.000Z"]) {
    assert.throws(() => parseInstant(text), RangeError, text);
  }
  for (const text of ["2026-06-30T09:00:00", "2026-02-30T09:00:00+08:00", "yesterday"])
    assert.throws(() => parseOffsetTime(text), RangeError, text);
});
