/**
 * A legal day, as the law counts it: a date of the Chinese civil calendar without a time of day.
 * Only arithmetic of the calendar lives here; which days are working days is told by `calendar.ts`.
 * It must never read the machine's clock or its time zone.
 */

/** `YYYY-MM-DD`, Asia/Shanghai. Text from outside is checked by `isPlainDate` once, at the wall. */
export type PlainDate = string;

const DAY_MS = 86_400_000;
const form = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a real day between 1900 and 2199; `2026-02-30` is none. */
export function isPlainDate(text: string): text is PlainDate {
  const parts = form.exec(text);
  if (!parts) return false;
  const year = Number(parts[1]);
  if (year < 1900 || year > 2199) return false;
  return plainDateOf(Date.parse(`${text}T00:00:00Z`)) === text;
}

/** The day `days` after (or, negative, before) the given one. */
export function addDays(day: PlainDate, days: number): PlainDate {
  return plainDateOf(dayNumber(day) * DAY_MS + days * DAY_MS);
}

/** Whole days from `from` to `to`; the first day is not counted (民法典 第二百零一条). */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The corresponding day `months` later; where that month has no such day, its last day
 * (民法典 第二百零二条: 没有对应日的,月末日为期间的最后一日).
 */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const monthIndex = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return plainDateOf(Date.UTC(year, month, Math.min(Number(day.slice(8)), lastOfMonth)));
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: PlainDate): number {
  // 1970-01-01 was a Thursday.
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

export function yearOf(day: PlainDate): number {
  return Number(day.slice(0, 4));
}

function dayNumber(day: PlainDate): number {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a day: ${day}`);
  return milliseconds / DAY_MS;
}

function plainDateOf(utcMilliseconds: number): PlainDate {
  return Number.isNaN(utcMilliseconds) ? "" : new Date(utcMilliseconds).toISOString().slice(0, 10);
}
