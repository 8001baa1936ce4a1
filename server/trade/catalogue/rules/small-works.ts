/** A lot one fen below the limit for works: what the tables of rules begin with. For tests only. */
import type { AdmissionFacts } from "./admission-facts.ts";

export const smallWorks: AdmissionFacts = {
  objectClass: "works",
  estimateFen: 399_999_999n,
  aggregateFen: 399_999_999n,
  thresholdFen: 400_000_000n,
  declaredMandatory: false,
  declaredSource: "budget",
  investmentFen: 10_000_000_000n,
  budgetFundsFen: 10_000_000_000n,
  stateFundsFen: 0n,
  isInvited: false,
  determination: null,
  hasAgent: true,
  selfTenderFiling: null,
};
