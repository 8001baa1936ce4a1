import { noticed, passes, ruleTable } from "../../../kernel/rule-table.ts";
import { isReviewedForCompetition } from "./fair-competition.ts";
import { lawfulTerms } from "./lawful-terms.ts";

ruleTable(isReviewedForCompetition, lawfulTerms, [
  ["with a record (令第 16 号)", {}, passes],
  ["without one it warns", { hasReview: false }, noticed("warned")],
]);
