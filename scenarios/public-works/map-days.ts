/**
 * Puts tenders of any years into 2026 (decisions §5): first and last opening of the file take fixed days, the others
 * keep their order and their distances in proportion, each on a working day. All other dates follow from the opening.
 */
import { addDays, type Calendar, daysBetween, legalCalendar } from "../../server/kernel/index.ts";
import { at } from "../driver/times.ts";
import type { ForeignTender } from "./read-tenders.ts";

const firstOpening = "2026-02-09";
const lastOpening = "2026-11-20";

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

/** Tender → its day of opening in 2026. */
export function openingDays(tenders: readonly ForeignTender[]): Map<string, string> {
  const days = tenders.map(({ openedOn }) => openedOn).sort();
  const [first, last] = [days[0] as string, days.at(-1) as string];
  const span = Math.max(1, daysBetween(first, last));
  const room = daysBetween(firstOpening, lastOpening);
  const placed = ({ openedOn }: ForeignTender) => addDays(firstOpening, Math.floor((room * daysBetween(first, openedOn)) / span));
  return new Map(tenders.map((tender) => [tender.tender, workingDay(placed(tender), 1)]));
}

/** @param day the day of the opening. */
export function timesOf(day: string): TenderTimes {
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
    deadline: at(day, "09:30"),
    windowEnd: at(day, "10:00"),
    evaluation: at(day, "10:30"),
    evaluationEnd: at(day, "18:00"),
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
