/** What a decision of the supervisor does to an evaluation: it is annulled and stays readable (model.md §6). */
import type { DecidingLot } from "../transaction/index.ts";
import { evaluationOf } from "./evaluation.ts";

/** Does nothing when no evaluation stands. */
export async function annulEvaluation(context: DecidingLot, cause: string): Promise<void> {
  const evaluation = await evaluationOf(context.tx, context.lot);
  if (!evaluation || evaluation.state === "annulled") return;
  await context.append(evaluation.stream, "evl.annulled", { cause });
}
