/**
 * Quantities of the law that more than one stage needs, computed straight from the rows. Pure; each
 * names its rule. A stage's own counts (bids received, holders …) stay in the stage.
 */
import type { ObjectClass } from "../../law/bindings.ts";
import type { LawRule } from "../../law/rule.ts";
import { parameter, type RuleSet } from "../../law/rules.ts";
import { compare, exact, percent, times } from "./exact.ts";
import { ceilingOf, compareShare, type Fen, yuan } from "./money.ts";

export type DepositCeiling = {
  /** The share of the estimate (CON-024), never rounded up. */
  readonly shareFen: Fen;
  /** The absolute cap of the object class (CON-025…027). */
  readonly capFen: Fen;
  /** The lower of the two: the greatest lawful deposit. */
  readonly maxFen: Fen;
  /** The row that decides. */
  readonly ruleId: string;
};

const capRules: { readonly [Class in ObjectClass]?: string } = {
  works: "CON-025",
  goods: "CON-026",
  surveyDesign: "CON-027",
  services: "CON-027",
};

/** The greatest lawful bid deposit of a construction tender. @throws Error for an object that is no construction. */
export function depositCeiling({ estimateFen, objectClass }: { estimateFen: Fen; objectClass: ObjectClass }, law: RuleSet): DepositCeiling {
  const capRule = capRules[objectClass];
  if (capRule === undefined) throw new Error(`no deposit cap for ${objectClass}`);
  const shareFen = ceilingOf(estimateFen, percent(numberOf(law.rule("CON-024"), "maxShare")));
  const capFen = yuan(numberOf(law.rule(capRule), "maxAmount"));
  return shareFen <= capFen
    ? { shareFen, capFen, maxFen: shareFen, ruleId: "CON-024" }
    : { shareFen, capFen, maxFen: capFen, ruleId: capRule };
}

export type CommitteeSize = { readonly experts: number; readonly representatives: number };
export type CommitteeFault = "tooFewMembers" | "even" | "tooFewExperts";

/** What is wrong with a committee under one row of its size (CON-049, CON-050, GOV-021, GOV-022 …). */
export function committeeFaults({ experts, representatives }: CommitteeSize, row: LawRule): CommitteeFault[] {
  const members = experts + representatives;
  const faults: CommitteeFault[] = [];
  if (members < numberOf(row, "minMembers")) faults.push("tooFewMembers");
  if (row.parameters.some(({ name }) => name === "odd") && members % 2 === 0) faults.push("even");
  if (!row.parameters.some(({ name }) => name === "minExpertShareNumerator")) return faults;
  const least = exact(numberOf(row, "minExpertShareNumerator"), numberOf(row, "minExpertShareDenominator"));
  if (members === 0 || compare(exact(experts, members), least) < 0) faults.push("tooFewExperts");
  return faults;
}

/** Does a new floor price need the written consent of the approving unit? (PRP-007) */
export function floorNeedsConsent({ appraisalFen, floorFen }: { appraisalFen: Fen; floorFen: Fen }, law: RuleSet): boolean {
  return compareShare(floorFen, appraisalFen, percent(numberOf(law.rule("PRP-007"), "consentBelow"))) < 0;
}

/** How many must be eliminated at least in the first stage of a framework (GOV-077; quality first: GOV-083). */
export function leastEliminated(conforming: number, row: LawRule): number {
  const share = times(exact(conforming), percent(numberOf(row, "minEliminationShare")));
  const roundedUp = Number((share.numerator + share.denominator - 1n) / share.denominator);
  return Math.max(roundedUp, numberOf(row, "minEliminated"));
}

/** Is a price weight in the band of a row (GOV-027, GOV-028, GOV-064, GOV-065, CON-078, CON-079)? The bound that is broken, or undefined. */
export function weightFault(
  weightPercent: number,
  row: LawRule,
): { bound: "minPriceWeight" | "maxPriceWeight"; value: number } | undefined {
  for (const { name, value } of row.parameters) {
    if (typeof value !== "number") continue;
    if (name === "minPriceWeight" && weightPercent < value) return { bound: name, value };
    if (name === "maxPriceWeight" && weightPercent > value) return { bound: name, value };
  }
  return undefined;
}

function numberOf(row: LawRule, name: string): number {
  const { value } = parameter(row, name);
  if (typeof value !== "number") throw new Error(`${row.id}.${name} is no number`);
  return value;
}
