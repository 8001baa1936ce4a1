/**
 * Puts tenders of any years into 2026 (decisions §5): first and last opening of the file take fixed days, the others
 * keep their order and their distances in proportion, each on a working day. All other dates follow from the opening.
 */
import { addDays, type Calendar, daysBetween, legalCalendar } from "../../server/kernel/index.ts";
import { at } from "../driver/times.ts";
import { FileFault } from "./file-fault.ts";
import type { ForeignTender } from "./read-tenders.ts";

const firstOpening = "2026-02-09";
const lastOpening = "2026-11-20";
/** Later ones could not be archived within the year. */
const latestOpening = "2026-12-11";

/** The clock of the story when it begins: before any notice. */
export const storyStart = at("2026-01-05");

/** All instants of one tender. */
export interface TenderTimes {
  notice: string;
  offerEnd: string;
  questionEnd: string;
  seal: string;
  requestExperts: string;
  commitBy: string;
  revealBy: string;
  deadline: string;
  windowEnd: string;
  evaluation: string;
  evaluationEnd: string;
  candidates: string;
  decision: string;
  /** Day of the notice, YYYY-MM-DD. */
  noticeOn: string;
}

const calendar: Calendar = legalCalendar();

/** Openings of one day follow one another by the hour, so that no expert is wanted in two committees at once. */
const hours = ["09", "10", "11", "12", "13", "14", "15", "16"] as const;

export interface Opening {
  day: string;
  hour: string;
}

/** Tender → when it is opened in 2026. @throws FileFault when the year has no room for all. */
export function openingsOf(tenders: readonly ForeignTender[]): Map<string, Opening> {
  const inOrder = [...tenders].sort((a, b) => (a.openedOn < b.openedOn ? -1 : a.openedOn > b.openedOn ? 1 : 0));
  const [first, last] = [inOrder[0]?.openedOn as string, inOrder.at(-1)?.openedOn as string];
  const span = Math.max(1, daysBetween(first, last));
  const room = daysBetween(firstOpening, lastOpening);
  const taken = new Map<string, number>();
  return new Map(
    inOrder.map(({ tender, openedOn }) => {
      let day = workingDay(addDays(firstOpening, Math.floor((room * daysBetween(first, openedOn)) / span)), 1);
      while (taken.get(day) === hours.length) day = workingDay(addDays(day, 1), 1);
      if (day > latestOpening) throw new FileFault(`The file holds more tenders (${tenders.length}) than 2026 has room for.`);
      const before = taken.get(day) ?? 0;
      taken.set(day, before + 1);
      return [tender, { day, hour: hours[before] as string }];
    }),
  );
}

export function timesOf({ day, hour }: Opening): TenderTimes {
  // 招标投标法 第二十四条: at least twenty days from the offer to the deadline.
  const noticeOn = workingDay(addDays(day, -21), -1);
  const candidatesOn = workingDay(addDays(day, 1), 1);
  // 实施条例 第五十四条: three days of publicity, whose last day rolls to a working day.
  const clearOn = workingDay(addDays(candidatesOn, 3), 1);
  return {
    noticeOn,
    notice: at(noticeOn, "10:00"),
    offerEnd: at(addDays(noticeOn, 7), "17:00"),
    questionEnd: at(addDays(noticeOn, 10), "17:00"),
    seal: at(workingDay(addDays(day, -1), -1), "16:00"),
    requestExperts: at(day, "08:00"),
    commitBy: at(day, "08:10"),
    revealBy: at(day, "08:20"),
    deadline: at(day, `${hour}:00`),
    windowEnd: at(day, `${hour}:30`),
    evaluation: at(day, `${hour}:40`),
    evaluationEnd: at(day, `${hour}:55`),
    candidates: at(candidatesOn, "09:00"),
    decision: at(workingDay(addDays(clearOn, 1), 1), "09:00"),
  };
}

function workingDay(day: string, step: 1 | -1): string {
  for (let candidate = day; ; candidate = addDays(candidate, step)) {
    const is = calendar.isWorkingDay(candidate);
    if (typeof is !== "boolean") throw new Error(`nobody has published the calendar of ${candidate}`);
    if (is) return candidate;
  }
}
