/** Times of the sample data: Shanghai wall-clock on a day, as instants on the wire. */
import { instantAt, instantText } from "../../server/kernel/index.ts";

/** `at("2026-11-12", "09:00")` → `2026-11-12T01:00:00.000Z` */
export function at(day: string, time = "09:00"): string {
  return instantText(instantAt(day, time));
}

export function minutesAfter(time: string, minutes: number): string {
  return instantText(Date.parse(time) + minutes * 60_000);
}
