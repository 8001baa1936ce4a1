/**
 * Backward effects of a decision (model.md §6): nothing earlier is edited. Evaluation and award of the old run
 * are annulled and stay readable; a new run begins, and what came before stands.
 */
import { annulAward } from "../award/index.ts";
import { annulEvaluation } from "../evaluation/index.ts";
import { type DecidingLot, failLot, startRun, stepsBefore } from "../transaction/index.ts";

/** Judged anew, by the same committee or by another one that is drawn without the old members. */
export async function reevaluate(
  context: DecidingLot,
  { cause, otherCommittee }: { cause: string; otherCommittee: boolean },
): Promise<void> {
  await annulAward(context, cause);
  await annulEvaluation(context, cause);
  const { lot, procedure } = context;
  const scrutinised = procedure.steps(lot.pass).some(({ name }) => name === "evaluation.scrutinise");
  const from = otherCommittee ? "committee.form" : scrutinised ? "evaluation.scrutinise" : "evaluation.examine";
  await startRun(context, lot.pass, cause, stepsBefore(lot, procedure, from));
}

/** 招标、投标、中标无效: the lot fails; a new tender is another lot. */
export async function annulTender(context: DecidingLot, cause: string): Promise<void> {
  await annulAward(context, cause);
  await annulEvaluation(context, cause);
  await failLot(context, "annulledByDecision");
}
