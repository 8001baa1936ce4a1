/**
 * One row of the law data: a duty or a limit that a machine can check, with its source, its unit and
 * how sure we are of it. Rows are never edited: an amendment is a new row, a typing error is a new
 * row with `correctionOf` (model §5).
 */
import type { PlainDate } from "./plain-date.ts";

/** `medium` blocks and shows "not confirmed"; `verify` only warns until its owner confirms it. */
export type Confidence = "high" | "medium" | "verify";

/** What a breach leads to (model §5). */
export type Severity = "block" | "overdue" | "admissibility" | "warn" | "alert" | "config" | "info";

export type Domain = "cross_domain" | "construction" | "government_procurement" | "property_rights" | "assets_resources" | "land_mineral";

/** `value` is a plain parameter; the others compare the measured quantity with it. */
export type Operator = ">=" | "<=" | "==" | "value";

export type Unit =
  | "calendar_day"
  | "working_day"
  | "month"
  | "year"
  | "minute"
  | "second"
  | "hour"
  | "percent"
  | "count"
  | "CNY"
  | "ratio_numerator"
  | "ratio_denominator"
  | "boolean"
  | "event"
  | "enum"
  | "formula"
  | "reference"
  | "order"
  | "item"
  | "fields";

export type Parameter = {
  name: string;
  /** Whole numbers only; a decimal fraction is text, so that it stays exact and JCS can carry it. */
  value: number | string | boolean;
  unit: Unit;
  operator?: Operator;
};

export type LawRule = {
  id: string;
  domain: Domain;
  procedure: string;
  /** The word by which a rule finds its stage; see `stage-words.json`. */
  stage: string;
  descriptionZh: string;
  descriptionEn: string;
  parameters: Parameter[];
  /** The two times of a limit, present exactly when the rule is one; words of `times.ts`. */
  measure?: { from: string; to: string };
  source: { law: string; article: string };
  basis: "statute" | "department_rule" | "rule" | "local" | "practice" | "design";
  severity: Severity;
  confidence: Confidence;
  textReadHere: "yes" | "partly" | "no";
  /** The first day of its force; null = not known to us, taken as in force. */
  inForceFrom: PlainDate | null;
  /** The last day of its force; null = still in force. */
  inForceTo: PlainDate | null;
  /** The day on which this row was known to be so. */
  asOf: PlainDate;
  correctionOf?: string;
};
