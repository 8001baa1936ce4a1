/** A document with lawful terms at the very edges: what the tables of rules begin with. For tests only. */
import { instantAt } from "../../../kernel/index.ts";
import type { DocumentFacts } from "./document-facts.ts";

export const lawfulTerms: DocumentFacts = {
  isMandatory: true,
  objectClass: "works",
  estimateFen: 3_000_000_000n,
  offerStartAt: instantAt("2026-03-02", "09:00"),
  offerEndAt: instantAt("2026-03-07", "17:00"),
  bidDeadlineAt: instantAt("2026-03-22", "09:00"),
  priceFen: 0n,
  floorFen: null,
  floorPriceAllowed: false,
  bidValidityFrom: "bidDeadline",
  bidValidityDays: 90,
  depositValidityDays: 90,
  depositFen: 60_000_000n,
  depositForms: ["1", "3", "4", "5"],
  hasReview: true,
};
