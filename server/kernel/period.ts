/**
 * Periods of days as Chinese law counts them (procedures §0).
 *
 * - The first day is not counted (X-001, 民法典 第二百零一条).
 * - A minimum period does not shrink or roll because of holidays; an outward limit whose last day is
 *   a holiday ends on the next working day (X-002, 民法典 第二百零三条).
 * - A year without a calendar gives `calendarUnavailable`, never a guess.
 */
import { type Calendar, type CalendarUnavailable, isCalendarUnavailable } from "../../law/calendar.ts";
import { addDays, addMonths, type PlainDate, weekdayOf } from "../../law/plain-date.ts";
import { keeps } from "./claim.ts";

const at = "server/kernel/period.ts";
const test = "server/kernel/period.test.ts";
keeps({ ruleId: "X-001", at, test, how: "every period begins the day after its first" });
keeps({ ruleId: "X-002", at, test, how: "outward limits roll to the next working day, minimum periods do not" });
keeps({ ruleId: "X-003", at, test, how: "a year without a calendar refuses the act" });

export type DayUnit = "calendar_day" | "working_day" | "month" | "year";

/** A period: so many units, from a day that is not itself counted. */
export type Period = { from: PlainDate; length: number; unit: DayUnit };

/** A due day; `calendarPending` marks one counted without a published calendar, to be recomputed. */
export type DueDay = { on: PlainDate; calendarPending: boolean };

/** The `count`-th working day after (negative: before) `from`; `from` itself is not counted. */
export function addWorkingDays(calendar: Calendar, from: PlainDate, count: number): PlainDate | CalendarUnavailable {
  const step = count < 0 ? -1 : 1;
  let day = from;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step);
    const working = calendar.isWorkingDay(day);
    if (isCalendarUnavailable(working)) return working;
    if (working) left -= 1;
  }
  return day;
}

/** Working days in (from, to]; the same day or an earlier one gives 0. */
export function workingDaysBetween(calendar: Calendar, from: PlainDate, to: PlainDate): number | CalendarUnavailable {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const working = calendar.isWorkingDay(day);
    if (isCalendarUnavailable(working)) return working;
    if (working) count += 1;
  }
  return count;
}

/** The day itself when it is a working day, else the next working day. */
export function rollForward(calendar: Calendar, day: PlainDate): PlainDate | CalendarUnavailable {
  for (let candidate = day; ; candidate = addDays(candidate, 1)) {
    const working = calendar.isWorkingDay(candidate);
    if (isCalendarUnavailable(working)) return working;
    if (working) return candidate;
  }
}

/** The first day on which a minimum period has run: nothing rolls. */
export function minimumPeriodEnd(calendar: Calendar, period: Period): PlainDate | CalendarUnavailable {
  return plainEnd(calendar, period);
}

/** The last day of an outward limit (objection, complaint, payment, refund): a holiday rolls on. */
export function outwardLimitEnd(calendar: Calendar, period: Period): PlainDate | CalendarUnavailable {
  const end = plainEnd(calendar, period);
  return isCalendarUnavailable(end) ? end : rollForward(calendar, end);
}

/**
 * The day on which a duty is armed. Where the calendar ends before it, the day is counted unrolled
 * (working days: Monday to Friday) and marked `calendarPending`; it is recomputed when the calendar
 * is published. Never use it to judge whether an act was lawful (decisions §1).
 */
export function dutyDay(calendar: Calendar, period: Period): DueDay {
  const end = outwardLimitEnd(calendar, period);
  if (!isCalendarUnavailable(end)) return { on: end, calendarPending: false };
  const pending = plainEnd(weekdaysBeyond(calendar), period);
  if (isCalendarUnavailable(pending)) throw new Error("a calendar of weekdays knows every year");
  return { on: pending, calendarPending: true };
}

function plainEnd(calendar: Calendar, { from, length, unit }: Period): PlainDate | CalendarUnavailable {
  switch (unit) {
    case "calendar_day":
      return addDays(from, length);
    case "working_day":
      return addWorkingDays(calendar, from, length);
    case "month":
      return addMonths(from, length);
    case "year":
      return addMonths(from, 12 * length);
  }
}

function weekdaysBeyond(calendar: Calendar): Calendar {
  return {
    ...calendar,
    isWorkingDay(day) {
      const known = calendar.isWorkingDay(day);
      return isCalendarUnavailable(known) ? weekdayOf(day) <= 5 : known;
    },
  };
}
