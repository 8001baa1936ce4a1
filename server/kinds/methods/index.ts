/** The mechanisms that exist. A procedure declares which of them it may use; stages get them handed in. */
import { comprehensiveEvaluation } from "./comprehensive-evaluation.ts";
import { lowestReviewedPrice } from "./lowest-reviewed-price.ts";
import type { EvaluationMethod } from "./method.ts";

export type { FormulaNode, FormulaTree } from "./formula-tree.ts";
export type { ReviewedPriceTree } from "./lowest-reviewed-price.ts";
export type * from "./method.ts";
export { comprehensiveWorksTree } from "./trees/comprehensive-works.ts";

const methods: readonly EvaluationMethod<never>[] = [comprehensiveEvaluation, lowestReviewedPrice];

/** @throws Error for a mechanism that does not exist. */
export function findMethod(name: string): EvaluationMethod<never> {
  const found = methods.find((method) => method.name === name);
  if (!found) throw new Error(`no such method: ${name}`);
  return found;
}
