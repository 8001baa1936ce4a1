/**
 * Instants, days and rests of time as people read them: Shanghai time, end of a day as 24:00, deadlines with
 * their weekday (visual.md §5). Takes every "now" as an argument and never reads a clock.
 */
const shanghaiOffsetMs = 8 * 3_600_000;
const weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"] as const;
const two = (value: number): string => String(value).padStart(2, "0");

/** Calendar parts of an instant in Asia/Shanghai (no summer time since 1991). */
export function shanghaiParts(instant: string | number) {
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  const shifted = new Date(ms + shanghaiOffsetMs);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: weekdays[shifted.getUTCDay()]!,
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ms: shifted.getUTCMilliseconds(),
  };
}

/** `09:47:12`. */
export function clockText(instant: string | number): string {
  const { hour, minute, second } = shanghaiParts(instant);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `2026-11-23`. */
export function dayText(instant: string | number): string {
  const { year, month, day } = shanghaiParts(instant);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `11-23 09:00`; a midnight is the end of the day before, `11-22 24:00`. */
export function momentText(instant: string | number): string {
  const parts = shanghaiParts(instant);
  if (parts.hour === 0 && parts.minute === 0) {
    const ms = typeof instant === "number" ? instant : Date.parse(instant);
    const before = shanghaiParts(ms - 60_000);
    return `${two(before.month)}-${two(before.day)} 24:00`;
  }
  return `${two(parts.month)}-${two(parts.day)} ${two(parts.hour)}:${two(parts.minute)}`;
}

/** `12-08 周二 09:00`: how a deadline is named. */
export function deadlineText(instant: string | number): string {
  const moment = momentText(instant);
  const ms = typeof instant === "number" ? instant : Date.parse(instant);
  const parts = shanghaiParts(moment.endsWith("24:00") ? ms - 60_000 : ms);
  return moment.replace(" ", ` ${parts.weekday} `);
}

/** `2026-11-25 08:41:07.512`: an instant of evidence. */
export function evidenceText(instant: string | number): string {
  return `${dayText(instant)} ${clockText(instant)}.${String(shanghaiParts(instant).ms).padStart(3, "0")}`;
}

/** The same text with every instant of the wire in it made readable. */
export function withReadableTimes(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, (instant) => deadlineText(instant));
}

/** Parts of a rest of time: > 48 h days, hours, minutes; < 48 h hours and minutes; < 1 h minutes and seconds. */
export function restParts(leftMs: number): readonly { readonly value: string; readonly unit: string }[] {
  const seconds = Math.max(0, Math.floor(leftMs / 1000));
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (hours >= 48) {
    return [
      { value: String(days), unit: "天" },
      { value: String(hours % 24), unit: "时" },
      { value: String(minutes % 60), unit: "分" },
    ];
  }
  if (hours >= 1)
    return [
      { value: String(hours), unit: "时" },
      { value: two(minutes % 60), unit: "分" },
    ];
  return [{ value: `${two(minutes)}:${two(seconds % 60)}`, unit: "" }];
}

/** The same rest as one sentence part: `14 天 22 时`. */
export function restText(leftMs: number): string {
  const parts = restParts(leftMs);
  return parts
    .slice(0, 2)
    .map(({ value, unit }) => (unit ? `${value} ${unit}` : value))
    .join(" ");
}
