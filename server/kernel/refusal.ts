/**
 * A refusal: an expected, lawful "no". It is returned, shown to the person, and recorded as evidence;
 * it is never thrown. A fault (a bug, an outage) is thrown and never becomes a refusal.
 */
import type { Confidence } from "../../law/rule.ts";

/** Figures that a refusal carries; they are JSON, so money and instants are already text. */
export type RefusalData = { readonly [name: string]: string | number | boolean | null | readonly string[] };

export type Refusal = {
  readonly refused: true;
  /** `noun.what-is-wrong`; it names the rule's file, its doc line and its text in the portal. */
  readonly code: string;
  /** The row of the law data that decided, where one did. */
  readonly ruleId?: string;
  readonly law?: string;
  readonly article?: string;
  /** One sentence for the person, in Chinese. */
  readonly message: string;
  readonly messageEn: string;
  readonly data: RefusalData;
  /** What the person can lawfully do now. */
  readonly whatToDo?: string;
  /** Present when the law data are not fully confirmed; staff see "not confirmed". */
  readonly confidence?: Confidence;
};

export type RefusalParts = Omit<Refusal, "refused" | "code" | "data"> & { data?: RefusalData };

/** The only maker of refusals. @throws Error on a code that is not `noun.words-with-hyphens`. */
export function refuse(code: string, parts: RefusalParts): Refusal {
  if (!/^[a-z][A-Za-z]*\.[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code)) throw new Error(`not a refusal code: ${code}`);
  return { refused: true, code, ...parts, data: parts.data ?? {} };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value && value.refused === true;
}

/** The refusal every act gives whose lawfulness needs a day of a year without a calendar. */
export function refuseWithoutCalendar({ calendarUnavailable }: { calendarUnavailable: number }): Refusal {
  return refuse("lot.calendar-unavailable", {
    ruleId: "X-003",
    law: "国务院办公厅年度节假日安排",
    article: "—",
    message: `${calendarUnavailable}年的工作日历尚未公布，系统不作推测，暂不能受理需要该年日期的行为。`,
    messageEn: `No calendar of working days has been published for ${calendarUnavailable}; the platform does not guess.`,
    data: { year: calendarUnavailable },
    whatToDo: "待国务院办公厅公布该年度放假安排并载入日历后再办理，或将时间调整到已公布的年度内。",
  });
}
