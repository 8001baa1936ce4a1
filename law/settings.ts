/**
 * Local values that the law leaves open: each has an owner and a source and takes effect in future
 * only. A change is a new row of a later day, never an edit.
 */

import type { PlainDate } from "./plain-date.ts";
import type { Confidence, Unit } from "./rule.ts";
import rows from "./settings.json" with { type: "json" };

export type Setting = {
  key: string;
  value: number | boolean | string;
  unit: Unit;
  scope: string;
  from: PlainDate;
  owner: string;
  source: string;
  confidence?: Confidence;
  /** Which day governs: the lot's first notice, or the act itself. */
  asOf: "notice" | "act";
};

export const allSettings: readonly Setting[] = rows as Setting[];

/** The setting as it stands on that day. @throws Error when it has no value then. */
export function setting(key: string, date: PlainDate): Setting {
  const latest = allSettings.filter((row) => row.key === key && row.from <= date).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (!latest) throw new Error(`no setting ${key} on ${date}`);
  return latest;
}

/** The setting's value, which must be a whole number. @throws Error otherwise. */
export function settingNumber(key: string, date: PlainDate): number {
  const { value } = setting(key, date);
  if (typeof value !== "number") throw new Error(`setting ${key} is no number`);
  return value;
}

/** The setting's value, which must be a switch. @throws Error otherwise. */
export function settingSwitch(key: string, date: PlainDate): boolean {
  const { value } = setting(key, date);
  if (typeof value !== "boolean") throw new Error(`setting ${key} is no switch`);
  return value;
}
