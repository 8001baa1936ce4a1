/**
 * The calendar of working days: holidays and make-up working days by year, as the State Council
 * publishes them. A year without a notice has no calendar: asking about one of its days gives
 * `calendarUnavailable`, never a guess.
 */
import year2022 from "./calendar/2022.json" with { type: "json" };
import year2023 from "./calendar/2023.json" with { type: "json" };
import year2024 from "./calendar/2024.json" with { type: "json" };
import year2025 from "./calendar/2025.json" with { type: "json" };
import year2026 from "./calendar/2026.json" with { type: "json" };
import assumed2027 from "./calendar/2027-assumed.json" with { type: "json" };
import assumed2028 from "./calendar/2028-assumed.json" with { type: "json" };
import { type PlainDate, weekdayOf, yearOf } from "./plain-date.ts";

/** One year's table. `assumed` tables exist for the sandbox only and are shown as such. */
export type CalendarYear = {
  year: number;
  status: "published" | "assumed";
  confidence: "high" | "verify";
  source: string;
  offDays: readonly PlainDate[];
  workDays: readonly PlainDate[];
};

/** The lawful answer "nobody has published that year yet". */
export type CalendarUnavailable = { calendarUnavailable: number };

export type Calendar = {
  /** The years that can be asked about. */
  readonly years: ReadonlySet<number>;
  /** Those among them that nobody has published: confidence `verify`. */
  readonly assumedYears: ReadonlySet<number>;
  isWorkingDay(day: PlainDate): boolean | CalendarUnavailable;
};

/**
 * The published calendar. `withAssumedYears` adds 2027 and 2028 as a sandbox assumes them;
 * production never sets it (decisions §1).
 */
export function legalCalendar(options: { withAssumedYears?: boolean } = {}): Calendar {
  const published = [year2022, year2023, year2024, year2025, year2026] as CalendarYear[];
  const assumed = [assumed2027, assumed2028] as CalendarYear[];
  return calendarOf(options.withAssumedYears ? [...published, ...assumed] : published);
}

/** A calendar from year tables; the later table wins where two name the same day. */
export function calendarOf(tables: readonly CalendarYear[]): Calendar {
  const special = new Map<PlainDate, boolean>();
  for (const table of tables) {
    for (const day of table.offDays) special.set(day, false);
    for (const day of table.workDays) special.set(day, true);
  }
  const years = new Set(tables.map((table) => table.year));
  return {
    years,
    assumedYears: new Set(tables.filter((table) => table.status === "assumed").map((table) => table.year)),
    isWorkingDay(day) {
      const year = yearOf(day);
      if (!years.has(year)) return { calendarUnavailable: year };
      return special.get(day) ?? weekdayOf(day) <= 5;
    },
  };
}

export function isCalendarUnavailable(value: unknown): value is CalendarUnavailable {
  return typeof value === "object" && value !== null && "calendarUnavailable" in value;
}
