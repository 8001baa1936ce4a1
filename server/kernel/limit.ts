/**
 * One evaluator for all time limits of the law: a rule, the two times it names, the calendar. No limit
 * has code of its own (model §5).
 *
 * How a limit is read is told by its binding: `atLeast` is a minimum period (nothing rolls), `atMost`
 * and `silence` are outward limits (a holiday rolls on), `exactly` is exact, `default` only fills in
 * where a setting is silent and never refuses. Legal judgement is at day precision; limits in hours,
 * minutes and seconds are judged on the instant.
 */
import { bindingsOf, type LimitSense } from "../../law/bindings.ts";
import { type Calendar, type CalendarUnavailable, isCalendarUnavailable } from "../../law/calendar.ts";
import { addDays, addMonths, daysBetween, type PlainDate } from "../../law/plain-date.ts";
import type { LawRule, Unit } from "../../law/rule.ts";
import { lengthOf } from "../../law/rules.ts";
import { dayOf, endOfDay, type Instant, type Moment, startOf } from "./instant.ts";
import { addWorkingDays, type DayUnit, type DueDay, dutyDay, minimumPeriodEnd, outwardLimitEnd, workingDaysBetween } from "./period.ts";

/** Where a limit ends: a day, or an instant for hours and below. */
export type Bound = { on: PlainDate } | { at: Instant };

export type LimitFinding = {
  readonly ruleId: string;
  readonly holds: boolean;
  readonly sense: LimitSense;
  /** What was measured and what the law asks, both in `unit`. */
  readonly measured: number;
  readonly required: number;
  readonly unit: Unit;
  /** The first lawful day (`atLeast`, `exactly`) or the last one (`atMost`). */
  readonly bound: Bound;
  /** The minimum is met by the day but the second time is earlier in the day than the first: lawful, to be warned about (procedures §0.1). */
  readonly atEdge: boolean;
};

/** Judges the two times of a limit. @throws Error for a rule that is no limit. */
export function judgeLimit(rule: LawRule, times: { from: Moment; to: Moment }, calendar: Calendar): LimitFinding | CalendarUnavailable {
  const { value: required, unit } = lengthOf(rule);
  const sense = senseOf(rule);
  const bound = limitBound(rule, times.from, calendar);
  if (isCalendarUnavailable(bound)) return bound;
  const measured = measure(unit, times, calendar);
  if (isCalendarUnavailable(measured)) return measured;
  const holds = sense === "default" || within(sense, bound, times.to);
  return { ruleId: rule.id, holds, sense, measured, required, unit, bound, atEdge: isAtEdge(sense, bound, times) };
}

/**
 * Where the limit ends when it runs from that time: the earliest lawful second time of a minimum, the
 * last lawful one of an outward limit. @throws Error for a rule that is no limit.
 */
export function limitBound(rule: LawRule, from: Moment, calendar: Calendar): Bound | CalendarUnavailable {
  const { value: length, unit } = lengthOf(rule);
  const milliseconds = millisecondsIn(unit);
  if (milliseconds !== undefined) return { at: startOf(from) + length * milliseconds };
  const period = { from: dayOf(from), length, unit: unit as DayUnit };
  const end = rollsOn(senseOf(rule)) ? outwardLimitEnd(calendar, period) : minimumPeriodEnd(calendar, period);
  return isCalendarUnavailable(end) ? end : { on: end };
}

/** The due day of a duty of the law; beyond the calendar it is unrolled and marked (decisions §1). @throws Error for a limit that is not in days. */
export function dutyDue(rule: LawRule, from: Moment, calendar: Calendar): DueDay {
  const { value: length, unit } = lengthOf(rule);
  if (millisecondsIn(unit) !== undefined) throw new Error(`rule ${rule.id} has no due day`);
  return dutyDay(calendar, { from: dayOf(from), length, unit: unit as DayUnit });
}

/** The last day on which the first act of a minimum ("N days before") is still in time for that second time. */
export function latestStart(rule: LawRule, to: Moment, calendar: Calendar): PlainDate | CalendarUnavailable {
  const { value: length, unit } = lengthOf(rule);
  if (unit === "working_day") return latestWorkingStart(calendar, dayOf(to), length);
  if (unit === "calendar_day") return addDays(dayOf(to), -length);
  throw new Error(`rule ${rule.id} is not counted in days`);
}

/** How the rule's limit is read, by its binding. @throws Error when the binding does not say. */
export function senseOf(rule: LawRule): LimitSense {
  const sense = bindingsOf(rule.id).find((binding) => binding.sense)?.sense;
  if (sense === undefined) throw new Error(`rule ${rule.id} is bound to no sense of a limit`);
  return sense;
}

/** The day text or the instant of a bound as one number and text for refusals. */
export function boundDay(bound: Bound): PlainDate {
  return "on" in bound ? bound.on : dayOf(bound.at);
}

/** The last instant inside an outward bound: the end of its day, or the instant itself. */
export function boundInstant(bound: Bound): Instant {
  return "on" in bound ? endOfDay(bound.on) : bound.at;
}

function within(sense: LimitSense, bound: Bound, to: Moment): boolean {
  const difference = "on" in bound ? daysBetween(bound.on, dayOf(to)) : startOf(to) - bound.at;
  if (sense === "atLeast") return difference >= 0;
  return sense === "exactly" ? difference === 0 : difference <= 0;
}

function isAtEdge(sense: LimitSense, bound: Bound, { from, to }: { from: Moment; to: Moment }): boolean {
  if (sense !== "atLeast" || !("on" in bound) || typeof from === "string" || typeof to === "string") return false;
  return bound.on === dayOf(to) && startOf(to) - startOf(dayOf(to)) < startOf(from) - startOf(dayOf(from));
}

function measure(unit: Unit, { from, to }: { from: Moment; to: Moment }, calendar: Calendar): number | CalendarUnavailable {
  const milliseconds = millisecondsIn(unit);
  if (milliseconds !== undefined) return Math.trunc((startOf(to) - startOf(from)) / milliseconds);
  const [first, last] = [dayOf(from), dayOf(to)];
  if (unit === "calendar_day") return daysBetween(first, last);
  if (unit === "working_day") return workingDaysBetween(calendar, first, last);
  return wholeMonths(first, last, unit === "year" ? 12 : 1);
}

function wholeMonths(first: PlainDate, last: PlainDate, size: number): number {
  let count = 0;
  while (addMonths(first, (count + 1) * size) <= last) count += 1;
  return count;
}

/** Counted back from `to`, which is itself the last counted day when it works. */
function latestWorkingStart(calendar: Calendar, to: PlainDate, length: number): PlainDate | CalendarUnavailable {
  const first = addWorkingDays(calendar, addDays(to, 1), -(length + 1));
  return isCalendarUnavailable(first) ? first : lastBeforeNextWorking(calendar, first);
}

/** Days off after a working day count the same from it: the last of them is the latest start. */
function lastBeforeNextWorking(calendar: Calendar, day: PlainDate): PlainDate | CalendarUnavailable {
  for (let candidate = day; ; candidate = addDays(candidate, 1)) {
    const next = calendar.isWorkingDay(addDays(candidate, 1));
    if (isCalendarUnavailable(next)) return next;
    if (next) return candidate;
  }
}

function rollsOn(sense: LimitSense): boolean {
  return sense === "atMost" || sense === "silence";
}

function millisecondsIn(unit: Unit): number | undefined {
  if (unit === "hour") return 3_600_000;
  if (unit === "minute") return 60_000;
  return unit === "second" ? 1000 : undefined;
}
