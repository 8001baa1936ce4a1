/**
 * Bindings: which stage, step and command a rule acts at, which quantity it measures, in which
 * columns of the grid and under which facts. Data, so that a lawyer can see where a rule bites.
 */
import assets from "./bindings/assets-resources.json" with { type: "json" };
import construction from "./bindings/construction.json" with { type: "json" };
import crossDomain from "./bindings/cross-domain.json" with { type: "json" };
import procurement from "./bindings/government-procurement.json" with { type: "json" };
import land from "./bindings/land-mineral.json" with { type: "json" };
import property from "./bindings/property-rights.json" with { type: "json" };
import words from "./bindings/stage-words.json" with { type: "json" };
import type { LawRule } from "./rule.ts";

export type RuleShape = "limit" | "flag" | "count" | "share" | "outcome" | "amount" | "until" | "lookback" | "collusion" | "other";

/**
 * How a limit is read: at least so long (a minimum, nothing rolls), at most so long (an outward limit,
 * rolls), exactly so long, silence after so long has a meaning, or a default that a setting replaces.
 */
export type LimitSense = "atLeast" | "atMost" | "exactly" | "silence" | "default";

/** Facts of a lot under which a binding holds; the closed list of model §5. All given ones must hold. */
export type Scope = {
  mandatory?: boolean;
  fundSource?: "state" | "budget";
  objectClass?: readonly ObjectClass[];
  sector?: readonly Sector[];
  estimateAtLeastYuan?: number;
  estimateBelowYuan?: number;
  /** A switch of the procedure or the lot, e.g. `remoteSites`. */
  option?: string;
};

export type ObjectClass = "works" | "goods" | "services" | "surveyDesign" | "equity" | "assets";
export type Sector =
  | "building"
  | "municipal"
  | "highway"
  | "waterway"
  | "water"
  | "industry"
  | "landscaping"
  | "fishingPort"
  | "forestRural"
  | "mineral";

export type Binding = {
  rule: string;
  /** The stage that owns the enforcement. */
  owner: string;
  /** Steps of the grid; the first one that the column has is meant. Empty: at any step. */
  steps: readonly string[];
  command: string | null;
  shape: RuleShape;
  quantity?: string;
  sense?: LimitSense;
  /** Columns of the grid in which it applies. */
  columns: readonly string[];
  scope?: Scope;
  /** Applies beside a more general rule of the same quantity instead of replacing it. */
  andAlso?: boolean;
};

/** What a scope is asked about. */
export type ScopeFacts = {
  mandatory: boolean;
  /** `budget` money is also `state` money. */
  fundSource: "budget" | "state" | "other";
  objectClass: ObjectClass;
  sector?: Sector;
  estimateFen: bigint;
  options: ReadonlySet<string>;
};

export const bindings: readonly Binding[] = [crossDomain, construction, procurement, property, assets, land].flat() as Binding[];

/** Stage → the stage words of rules that belong to it by default (model §5). */
export const stageWords = words as Readonly<Record<string, readonly string[]>>;

/** The default owner of a rule by its stage word. @throws Error for a word nobody owns. */
export function ownerOfWord(word: string): string {
  const owner = Object.keys(stageWords).find((stage) => stageWords[stage]?.includes(word));
  if (owner === undefined) throw new Error(`no stage owns the word ${word}`);
  return owner;
}

/** All bindings of a rule; never empty for a row of the data. */
export function bindingsOf(ruleId: string): readonly Binding[] {
  return bindings.filter((binding) => binding.rule === ruleId);
}

/** True when every fact the scope names holds. */
export function scopeHolds(scope: Scope | undefined, facts: ScopeFacts): boolean {
  if (!scope) return true;
  const { mandatory, fundSource, objectClass, sector, estimateAtLeastYuan, estimateBelowYuan, option } = scope;
  return (
    (mandatory === undefined || mandatory === facts.mandatory) &&
    (fundSource === undefined || fundSource === facts.fundSource || (fundSource === "state" && facts.fundSource === "budget")) &&
    (objectClass === undefined || objectClass.includes(facts.objectClass)) &&
    (sector === undefined || (facts.sector !== undefined && sector.includes(facts.sector))) &&
    (estimateAtLeastYuan === undefined || facts.estimateFen >= BigInt(estimateAtLeastYuan) * 100n) &&
    (estimateBelowYuan === undefined || facts.estimateFen < BigInt(estimateBelowYuan) * 100n) &&
    (option === undefined || facts.options.has(option))
  );
}

/**
 * The bindings that hold for a lot of that column, after precedence: of two rules of one domain that
 * measure the same quantity at the same command the more specific one replaces the other, unless it
 * says `andAlso` (model §5).
 */
export function bindingsFor(column: string, facts: ScopeFacts, ruleOf: (id: string) => LawRule): readonly Binding[] {
  const holding = bindings.filter((binding) => binding.columns.includes(column) && scopeHolds(binding.scope, facts));
  return holding.filter((general) => !holding.some((special) => replaces(special, general, ruleOf)));
}

function replaces(special: Binding, general: Binding, ruleOf: (id: string) => LawRule): boolean {
  if (special.rule === general.rule || special.andAlso || special.quantity === undefined || special.quantity !== general.quantity)
    return false;
  if (special.command !== general.command || special.sense !== general.sense) return false;
  const [specialRule, generalRule] = [ruleOf(special.rule), ruleOf(general.rule)];
  return specialRule.domain === generalRule.domain && specificity(special, specialRule) > specificity(general, generalRule);
}

function specificity(binding: Binding, row: LawRule): number {
  const scopeFacts = Object.keys(binding.scope ?? {}).length;
  return scopeFacts + (row.procedure === "open" || row.procedure === "any" || row.procedure === "scope" ? 0 : 1);
}
