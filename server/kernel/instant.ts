/**
 * Instants: milliseconds since 1970 inside, `YYYY-MM-DDThh:mm:ss.sssZ` on the wire, Shanghai time at
 * the edge. Since 1992 Asia/Shanghai is UTC+8 without summer time, so no zone table is needed.
 */
import { isPlainDate, type PlainDate } from "../../law/plain-date.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A legal act's time as a rule may know it: the instant, or only its day. */
export type Moment = Instant | PlainDate;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const wireForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const offsetForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The wire form, 24 characters. */
export function instantText(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Strictly the wire form. @throws RangeError otherwise. */
export function parseInstant(text: string): Instant {
  const instant = wireForm.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant) || instantText(instant) !== text) throw new RangeError(`not an instant: ${text}`);
  return instant;
}

/** RFC 3339 with any offset, as sample data and outside systems write it. @throws RangeError otherwise. */
export function parseOffsetTime(text: string): Instant {
  const instant = offsetForm.test(text) && isPlainDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw new RangeError(`not a time with offset: ${text}`);
  return instant;
}

/** The Shanghai day an instant falls on; a day stands for itself. */
export function dayOf(moment: Moment): PlainDate {
  return typeof moment === "string" ? moment : new Date(moment + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant of a Shanghai wall-clock time: `instantAt("2026-06-30", "09:00")`. @throws RangeError for no such time. */
export function instantAt(day: PlainDate, time = "00:00"): Instant {
  return parseOffsetTime(`${day}T${time}+08:00`);
}

/** The last millisecond of a Shanghai day: when a limit of that day ends (民法典 第二百零三条). */
export function endOfDay(day: PlainDate): Instant {
  return instantAt(day) + 86_400_000 - 1;
}

/** The first instant of a moment known only by its day; an instant stands for itself. */
export function startOf(moment: Moment): Instant {
  return typeof moment === "string" ? instantAt(moment) : moment;
}

/** `2026-11-23 09:47` or, with seconds, `2026-11-23 09:47:05`, in Shanghai. */
export function shanghaiText(instant: Instant, options: { seconds?: boolean } = {}): string {
  const text = new Date(instant + SHANGHAI_OFFSET_MS).toISOString().replace("T", " ");
  return text.slice(0, options.seconds ? 19 : 16);
}

/** `2026年11月23日 09:47`, in Shanghai: for notices and papers. */
export function shanghaiChinese(instant: Instant): string {
  const text = shanghaiText(instant);
  return `${text.slice(0, 4)}年${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日 ${text.slice(11)}`;
}
