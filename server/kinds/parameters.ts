/**
 * What a procedure answers when a stage asks: values and switches by name, so that no stage asks which
 * kind it is. Defaults stand here; a column's kind and then a pack may override them. Limits and shares
 * of the law are not here: they are rows of `law/`.
 */
import type { Domain } from "../../law/rule.ts";

/** Every parameter a stage may ask for, with what it means. */
export type Parameters = {
  /** Is a bid deposit or guarantee part of this procedure? */
  depositRequired: boolean;
  /** May the document declare a floor price? CON-021 forbids it; only a foreign replay sets it aside. */
  floorPriceAllowed: boolean;
  /** Scoring methods the document may choose, by name of the mechanism. */
  evaluationMethods: readonly string[];
  /** Formulas of a benchmark coefficient drawn in public at the opening. */
  coefficientDrawAllowed: boolean;
  /** How equal ranks are parted, in order: words of `methods/tie-break.ts`. */
  tieBreak: readonly string[];
  /** Most candidates that a report may rank; never above CON-065. */
  maxCandidates: number;
  /** Committee: seats drawn from the pool and seats of the buyer, as the document proposes them. */
  committeeDrawnSeats: number;
  committeeBuyerSeats: number;
  /** Are the committee's sheets written by persons, or scripted by the replay? */
  sheetsScripted: boolean;
  /** Are papers (notice, opening record, report, letter, contract) made as PDF? */
  papersAsPdf: boolean;
  /** Does a bid that nobody could decrypt count towards the number of bidders? (procedures edge 2) */
  countUndecryptedAsBidder: boolean;
  /** Award decided by persons apart from the ranking (评定分离). */
  separateAwardDecision: boolean;
  consortiumAllowed: boolean;
  blindTechnicalPart: boolean;
  remoteSites: boolean;
  /** Which remedies exist: objection and complaint, or challenge and complaint. */
  remedyRegime: "objection" | "challenge" | "mediation";
  /** Prefix of the reported data sets. */
  dataSetPrefix: string;
  /** One money unit of imported figures in fen; null where figures are CNY already. */
  importedUnitFen: number | null;
  /** The milestone until which a completed lot stands (framework agreements). */
  standsUntil: string | null;
};

export type ParameterName = keyof Parameters;

const general: Parameters = {
  depositRequired: true,
  floorPriceAllowed: false,
  evaluationMethods: ["comprehensive-evaluation", "lowest-reviewed-price"],
  coefficientDrawAllowed: true,
  tieBreak: ["lowerPrice", "higherTechnical", "draw"],
  maxCandidates: 3,
  committeeDrawnSeats: 4,
  committeeBuyerSeats: 1,
  sheetsScripted: false,
  papersAsPdf: true,
  countUndecryptedAsBidder: true,
  separateAwardDecision: false,
  consortiumAllowed: true,
  blindTechnicalPart: false,
  remoteSites: false,
  remedyRegime: "objection",
  dataSetPrefix: "",
  importedUnitFen: null,
  standsUntil: null,
};

const byDomain: { readonly [D in Domain]?: Partial<Parameters> } = {
  government_procurement: { remedyRegime: "challenge", coefficientDrawAllowed: false },
  property_rights: { remedyRegime: "mediation" },
  assets_resources: { remedyRegime: "mediation" },
};

const byColumn: Readonly<Record<string, Partial<Parameters>>> = {
  FC: { standsUntil: "termEnd", depositRequired: false },
  FO: { standsUntil: "termEnd", depositRequired: false },
  F2: { depositRequired: false },
  GQ: { depositRequired: false },
  GS: { depositRequired: false },
  LP: { depositRequired: false, papersAsPdf: false },
};

/** The values of a column before any pack. */
export function parametersOf(column: string, domain: Domain): Parameters {
  return { ...general, ...byDomain[domain], ...byColumn[column] };
}
