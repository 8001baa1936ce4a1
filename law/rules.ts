/**
 * The rules as data: every row, and the set in force on a day. A lot is bound to the set of the day
 * that governs it and keeps it (model §5). Values are read from here and never written into code.
 */
import { digestOf } from "../formats/jcs.ts";
import type { PlainDate } from "./plain-date.ts";
import type { LawRule, Parameter, Unit } from "./rule.ts";
import assets from "./rules/assets-resources.json" with { type: "json" };
import construction from "./rules/construction.json" with { type: "json" };
import crossDomain from "./rules/cross-domain.json" with { type: "json" };
import procurement from "./rules/government-procurement.json" with { type: "json" };
import land from "./rules/land-mineral.json" with { type: "json" };
import property from "./rules/property-rights.json" with { type: "json" };

/** The rows in force on one day. */
export type RuleSet = {
  readonly date: PlainDate;
  /** hex SHA-256 of the rows in force, sorted by id: recorded in `lot.lawBound`. */
  readonly hash: string;
  readonly rules: ReadonlyMap<string, LawRule>;
  /** @throws Error when the rule is not in force on that day: asking for it then is a fault. */
  rule(id: string): LawRule;
  find(id: string): LawRule | undefined;
};

/** Every row, whether in force or not. */
export const allRules: readonly LawRule[] = [crossDomain, construction, procurement, property, assets, land].flat() as LawRule[];

const setsByDay = new Map<PlainDate, RuleSet>();

/** The rules in force on that day (both ends included). Sets with the same rows share their hash. */
export function ruleSet(date: PlainDate): RuleSet {
  const known = setsByDay.get(date);
  if (known) return known;
  const set = ruleSetOf(allRules, date);
  setsByDay.set(date, set);
  return set;
}

/** As `ruleSet`, over other rows: for amendments under review and for tests. */
export function ruleSetOf(rows: readonly LawRule[], date: PlainDate): RuleSet {
  const inForce = rows.filter((row) => isInForce(row, date)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = digestOf(inForce);
  const rules = new Map(inForce.map((row) => [row.id, row]));
  if (rules.size !== inForce.length) throw new Error(`two rows of one rule are in force on ${date}`);
  return {
    date,
    hash,
    rules,
    find: (id) => rules.get(id),
    rule(id) {
      const row = rules.get(id);
      if (!row) throw new Error(`rule ${id} is not in force on ${date}`);
      return row;
    },
  };
}

/** The row by its id, in force or not. @throws Error for an unknown id. */
export function rule(id: string): LawRule {
  const row = allRules.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`no such rule: ${id}`);
  return row;
}

/** @throws Error when the rule has no such parameter. */
export function parameter(row: LawRule, name: string): Parameter {
  const found = row.parameters.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`rule ${row.id} has no parameter ${name}`);
  return found;
}

const timeUnits: ReadonlySet<Unit> = new Set<Unit>(["calendar_day", "working_day", "month", "year", "hour", "minute", "second"]);

/** The parameter that holds the length of a limit: the first one with a unit of time. @throws Error for a rule that is no limit. */
export function lengthOf(row: LawRule): Parameter & { value: number } {
  const found = row.parameters.find((candidate) => timeUnits.has(candidate.unit));
  if (!row.measure || !found || typeof found.value !== "number") throw new Error(`rule ${row.id} is no time limit`);
  return found as Parameter & { value: number };
}

function isInForce(row: LawRule, date: PlainDate): boolean {
  return (row.inForceFrom === null || row.inForceFrom <= date) && (row.inForceTo === null || date <= row.inForceTo);
}
