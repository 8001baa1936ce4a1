/** What the rules about a tender document measure. */

import type { ScopeFacts } from "../../../../law/index.ts";
import { parseFen, parseInstant } from "../../../kernel/index.ts";
import type { Procedure } from "../../transaction/index.ts";
import type { DocumentTerms } from "../document.ts";

export interface DocumentFacts {
  isMandatory: boolean;
  objectClass: ScopeFacts["objectClass"];
  estimateFen: bigint;
  offerStartAt: number;
  offerEndAt: number;
  bidDeadlineAt: number;
  priceFen: bigint;
  floorFen: bigint | null;
  floorPriceAllowed: boolean;
  bidValidityFrom: DocumentTerms["bidValidityFrom"];
  bidValidityDays: number;
  depositValidityDays: number;
  depositFen: bigint;
  depositForms: readonly string[];
  hasReview: boolean;
}

export interface DocumentSources {
  terms: DocumentTerms;
  scope: ScopeFacts;
  procedure: Procedure;
  hasReview: boolean;
}

export function documentFacts({ terms, scope, procedure, hasReview }: DocumentSources): DocumentFacts {
  return {
    isMandatory: scope.mandatory,
    objectClass: scope.objectClass,
    estimateFen: scope.estimateFen,
    offerStartAt: parseInstant(terms.offerStartAt),
    offerEndAt: parseInstant(terms.offerEndAt),
    bidDeadlineAt: parseInstant(terms.bidDeadlineAt),
    priceFen: parseFen(terms.priceFen),
    floorFen: terms.floorFen === null ? null : parseFen(terms.floorFen),
    floorPriceAllowed: procedure.parameter<boolean>("floorPriceAllowed"),
    bidValidityFrom: terms.bidValidityFrom,
    bidValidityDays: terms.bidValidityDays,
    depositValidityDays: terms.depositValidityDays,
    depositFen: parseFen(terms.depositFen),
    depositForms: terms.depositForms,
    hasReview,
  };
}
