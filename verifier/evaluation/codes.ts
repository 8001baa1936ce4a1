/** The closed list of an evaluation's recomputation (docs/formats/package.md). */
import { Refused } from "../package/refused.ts";

export type EvaluationCode =
  /** An event of the evaluation has not the members that its recomputation reads. */
  | "E_EVAL_FORMAT"
  /** The method is none that this verifier can recompute. */
  | "E_EVAL_METHOD"
  /** What was applied is not what the document in force declares, or it cannot be computed. */
  | "E_EVAL_TREE"
  /** A drawn value is not the one of the draw in the package, or not on the declared list. */
  | "E_EVAL_DRAW"
  /** The bids or their prices are not those of the opening and its read-out. */
  | "E_EVAL_BIDS"
  /** A sheet is missing, or a score is missing, out of range or off its step. */
  | "E_EVAL_SHEET"
  /** A finding of fact names no declared row. */
  | "E_EVAL_FACT"
  /** A figure is not the one that the declared tree gives. */
  | "E_EVAL_VALUE"
  /** The ranking is not the one that figures and declared tie-breaks give. */
  | "E_EVAL_RANK"
  /** The digest of the result is not the digest of the figures. */
  | "E_EVAL_DIGEST";

export function demand(holds: boolean, code: EvaluationCode, where: string, why: string): asserts holds {
  if (!holds) throw new Refused(code, where, why);
}
