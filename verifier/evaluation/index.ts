/** The recomputation of an evaluation: lines of the record in, facts out, or a refusal with a code of the closed list. */
export type { DrawnCoefficient } from "./sources.ts";
export { checkEvaluations, type EvaluationFacts } from "./verify.ts";
