/**
 * A rule in code: one demand, tied to one row of the law data. The row holds the values, the severity
 * and the source; the code only says whom it applies to and what is measured (style §1).
 *
 * What a breach leads to is decided here, once, by the row: `block` refuses, `medium` refuses and says
 * "not confirmed", `verify` only warns until its owner confirms it, and so on (model §5).
 */
import { type Calendar, type CalendarUnavailable, isCalendarUnavailable } from "../../law/calendar.ts";
import type { Confidence, LawRule } from "../../law/rule.ts";
import { parameter, type RuleSet } from "../../law/rules.ts";
import { type Exact, exact, percent } from "./exact.ts";
import type { Moment } from "./instant.ts";
import { boundDay, judgeLimit } from "./limit.ts";
import { type Fen, yuan } from "./money.ts";
import { type Refusal, type RefusalData, refuse, refuseWithoutCalendar } from "./refusal.ts";

/** The law a decision is made under: the lot's rule set, the calendar, and what owners have confirmed since. */
export type LawContext = {
  readonly ruleSet: RuleSet;
  readonly calendar: Calendar;
  /** Ids of `verify` rows confirmed by their owner; they block from then on. */
  readonly confirmed?: ReadonlySet<string>;
};

/** What a check found: it holds, or it does not, with figures for the person. */
export type Finding = { readonly holds: boolean; readonly data: RefusalData };

/** The finding of a check that has nothing to tell. */
export const pass: Finding = { holds: true, data: {} };

export function fails(data: RefusalData = {}): Finding {
  return { holds: false, data };
}

/** Holds or fails with the same figures. */
export function finding(holds: boolean, data: RefusalData): Finding {
  return { holds, data };
}

/** The values of the rule's own row, read by name. Each throws when the row has no such parameter of that unit: a fault of the code. */
export type RuleValues = {
  readonly row: LawRule;
  /** A whole number, whatever it counts. */
  number(name: string): number;
  /** A percentage as an exact share. */
  share(name: string): Exact;
  /** Two counts as a share, such as 2/3. */
  ratio(numerator: string, denominator: string): Exact;
  /** An amount in yuan as fen. */
  fen(name: string): Fen;
  flag(name: string): boolean;
  text(name: string): string;
  /** The required fields of a content rule. */
  fields(name: string): readonly string[];
  /** Judges the rule's two times; `calendarUnavailable` when the act's lawfulness needs an unknown year. */
  limit(times: { from: Moment; to: Moment }): Finding | CalendarUnavailable;
};

export type Texts = {
  /** One sentence in Chinese; by default the row's own description. */
  message?: string | ((data: RefusalData) => string);
  messageEn?: string | ((data: RefusalData) => string);
  whatToDo?: string | ((data: RefusalData) => string);
};

export type RuleParts<Facts> = Texts & {
  /** The row of the law data; a rule without one is a demand of the platform itself and names `law`. */
  ruleId?: string;
  /** `招标投标法#第二十四条`; taken from the row when there is one. */
  law?: string;
  applies?: (facts: Facts) => boolean;
  check: (facts: Facts, values: RuleValues) => Finding | CalendarUnavailable;
};

export type Rule<Facts> = { readonly code: string; readonly parts: RuleParts<Facts> };

/** One rule's decision, recorded with the event that it let pass (rule, measured figures, verdict). */
export type Decision = { readonly code: string; readonly ruleId?: string; readonly verdict: Verdict; readonly data: RefusalData };

export type Verdict = "passed" | "refused" | "warned" | "marked" | "overdue" | "noted";

/** A breach that does not refuse: `warn` is acknowledged by name, `mark` is left to a person to decide. */
export type Notice = { readonly verdict: Exclude<Verdict, "passed" | "refused">; readonly refusal: Refusal };

export type Outcome = {
  /** The first refusal, in the order of the rules. */
  readonly refusal?: Refusal;
  readonly notices: readonly Notice[];
  readonly decisions: readonly Decision[];
};

const registered = new Map<string, Rule<never>>();

/**
 * Declares a rule and registers it for the index of docs/law.
 * @throws Error when the same code is declared twice for the same row.
 */
export function rule<Facts>(code: string, parts: RuleParts<Facts>): Rule<Facts> {
  if (parts.ruleId === undefined && parts.law === undefined) throw new Error(`rule ${code} names neither a row nor a law`);
  const key = `${code} ${parts.ruleId ?? parts.law}`;
  if (registered.has(key)) throw new Error(`rule declared twice: ${key}`);
  const declared = { code, parts };
  registered.set(key, declared as Rule<never>);
  return declared;
}

/** Every rule declared so far: import the stages first. */
export function registeredRules(): readonly Rule<never>[] {
  return [...registered.values()];
}

/** Applies one rule; `undefined` when it does not apply or its row is not in force on the lot's day. */
export function apply<Facts>(
  declared: Rule<Facts>,
  facts: Facts,
  context: LawContext,
): { decision: Decision; notice?: Notice; refusal?: Refusal } | undefined {
  const { code, parts } = declared;
  const row = parts.ruleId === undefined ? undefined : context.ruleSet.find(parts.ruleId);
  if (parts.ruleId !== undefined && row === undefined) return undefined;
  if (parts.applies && !parts.applies(facts)) return undefined;
  const found = parts.check(facts, row ? valuesOf(row, context.calendar) : noValues);
  if (isCalendarUnavailable(found)) {
    const refusal = refuseWithoutCalendar(found);
    return { decision: { code: refusal.code, ruleId: parts.ruleId, verdict: "refused", data: refusal.data }, refusal };
  }
  const verdict = found.holds ? "passed" : verdictOf(row, context.confirmed);
  const decision: Decision = { code, ruleId: parts.ruleId, verdict, data: found.data };
  if (verdict === "passed") return { decision };
  const refusal = refusalOf(declared, row, found.data);
  return verdict === "refused" ? { decision, refusal } : { decision, notice: { verdict, refusal } };
}

/** Applies rules in order; all are decided even after a refusal, so that a person sees the figures of each. */
export function enforce<Facts>(rules: readonly Rule<Facts>[], facts: Facts, context: LawContext): Outcome {
  const applied = rules.map((declared) => apply(declared, facts, context)).filter((result) => result !== undefined);
  return {
    refusal: applied.find((result) => result.refusal)?.refusal,
    notices: applied.flatMap((result) => result.notice ?? []),
    decisions: applied.map((result) => result.decision),
  };
}

/** The values of a row as a check reads them; also for stage code that needs a lawful value, not a verdict. */
export function valuesOf(row: LawRule, calendar: Calendar): RuleValues {
  const number = (name: string): number => {
    const { value } = parameter(row, name);
    if (typeof value !== "number") throw new Error(`${row.id}.${name} is no number`);
    return value;
  };
  const text = (name: string): string => {
    const { value } = parameter(row, name);
    if (typeof value !== "string") throw new Error(`${row.id}.${name} is no text`);
    return value;
  };
  return {
    row,
    number,
    text,
    share: (name) => percent(parameter(row, name).value as number | string),
    ratio: (numerator, denominator) => exact(number(numerator), number(denominator)),
    fen: (name) => yuan(number(name)),
    flag(name) {
      const { value } = parameter(row, name);
      if (typeof value !== "boolean") throw new Error(`${row.id}.${name} is no flag`);
      return value;
    },
    fields: (name) => text(name).split(","),
    limit: (times) => limitFinding(row, times, calendar),
  };
}

function limitFinding(row: LawRule, times: { from: Moment; to: Moment }, calendar: Calendar): Finding | CalendarUnavailable {
  const judged = judgeLimit(row, times, calendar);
  if (isCalendarUnavailable(judged)) return judged;
  const { measured, required, unit, bound, atEdge } = judged;
  const data = { measured, required, unit, [judged.sense === "atLeast" ? "earliestOn" : "latestOn"]: boundDay(bound) };
  return finding(judged.holds, atEdge ? { ...data, atEdge } : data);
}

/** Severity → effect (model §5), and confidence before it. */
function verdictOf(row: LawRule | undefined, confirmed: ReadonlySet<string> | undefined): Exclude<Verdict, "passed"> {
  if (!row) return "refused";
  switch (row.severity) {
    case "block":
      return row.confidence === "verify" && !confirmed?.has(row.id) ? "warned" : "refused";
    case "warn":
      return "warned";
    case "admissibility":
      return "marked";
    case "overdue":
      return "overdue";
    default:
      return "noted";
  }
}

function refusalOf<Facts>({ code, parts }: Rule<Facts>, row: LawRule | undefined, data: RefusalData): Refusal {
  const [law, article] = row ? [row.source.law, row.source.article] : splitLaw(parts.law ?? "");
  const confidence: Confidence | undefined = row && row.confidence !== "high" ? row.confidence : undefined;
  return refuse(code, {
    ruleId: parts.ruleId,
    law,
    article,
    message: textOf(parts.message, data) ?? row?.descriptionZh ?? "",
    messageEn: textOf(parts.messageEn, data) ?? row?.descriptionEn ?? "",
    data,
    whatToDo: textOf(parts.whatToDo, data),
    confidence,
  });
}

function textOf(text: string | ((data: RefusalData) => string) | undefined, data: RefusalData): string | undefined {
  return typeof text === "function" ? text(data) : text;
}

function splitLaw(reference: string): [string, string | undefined] {
  const [law = "", article] = reference.split("#");
  return [law, article];
}

const noValues = new Proxy({} as RuleValues, {
  get() {
    throw new Error("a rule without a row has no values of the law");
  },
});
