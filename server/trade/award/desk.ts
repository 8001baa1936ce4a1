/** The award desk: the report and the award that stand, and the guard of their moves. */
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { type EvaluationReport, reportOf } from "../evaluation/index.ts";
import { type DecidingLot, streamOf } from "../transaction/index.ts";
import { type AwardCommand, awardStates } from "./award.states.ts";
import { type Award, awardOn, type Decision, standingDecision } from "./award.ts";

export interface Desk {
  report: EvaluationReport;
  /** Undefined before the first event of the award. */
  award: Award | undefined;
  stream: string;
}

/** Refuses a move that the award's state does not allow. An award belongs to the report of one run. */
export async function openDesk(context: DecidingLot, command: AwardCommand): Promise<Desk | Refusal> {
  const report = await reportOf(context.tx, context.lot.id);
  const standing = await awardOn(context.tx, context.lot);
  const stream = report ? streamOf("awd", context.lot.id, report.run) : undefined;
  const award = standing?.stream === stream ? standing : undefined;
  if (!report || !stream || next(awardStates, award?.state ?? "waiting", command) === undefined) return notNow(award);
  return { report, award, stream };
}

export function notNow(award: Award | undefined): Refusal {
  return refuse("act.not-possible-now", {
    message: "定标现在的状态不能这样办理。",
    messageEn: "This is not possible in the present state of the award.",
    data: { state: award?.state ?? "waiting" },
    whatToDo: "请查看标段的当前环节。",
  });
}

/** @throws when there is none: the state says that there is. */
export function decisionOf(award: Award | undefined): Decision {
  const decision = award && standingDecision(award);
  if (!decision) throw new Error("the award has no standing decision");
  return decision;
}
