/**
 * The evaluation room: who acts, for which seat, in which state. Every act of a member passes here, so that
 * no stranger judges and a chair's act is a chair's.
 */
import { instantText, next, type Refusal, refuse } from "../../kernel/index.ts";
import type { ActContext, DecidingLot } from "../transaction/index.ts";
import { type EvaluationPorts, type Seat, type SeatedCommittee, sittingSeats } from "./before.ts";
import { type EvaluationCommand, evaluationStates } from "./evaluation.states.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";

export interface Room {
  evaluation: Evaluation;
  committee: SeatedCommittee;
  /** The acting member's seat. */
  seat: Seat;
  /** Numbers of the seats that count now. */
  seats: readonly number[];
}

/** The member's own seat, or why this person is none. */
export async function seatOf(
  context: ActContext,
  ports: EvaluationPorts,
  asChair = false,
): Promise<{ seat: Seat; committee: SeatedCommittee } | Refusal> {
  const committee = await ports.committeeOf(context.tx, context.lot.id);
  const seat = sittingSeats(committee).find(({ personId }) => personId === context.actor.personId);
  if (!committee || !seat) {
    return refuse("evaluation.not-a-member", {
      law: "招标投标法",
      article: "第三十七条",
      message: "评标由依法组建的评标委员会负责，您不是本标段在席的评标委员会成员。",
      messageEn: "Only a sitting member of this lot's committee may do this.",
      whatToDo: "请先签到；被更换的成员不再参加评审。",
    });
  }
  if (asChair && committee.chair !== seat.no) {
    return refuse("evaluation.not-the-chair", {
      law: "评标委员会和评标方法暂行规定",
      article: "第九条",
      message: "这一行为由评标委员会主任委员作出。",
      messageEn: "Only the chair of the committee does this.",
      data: { chair: committee.chair },
    });
  }
  return { seat, committee };
}

export async function enterRoom(
  context: ActContext,
  ports: EvaluationPorts,
  wish: { command: EvaluationCommand; asChair?: boolean },
): Promise<Room | Refusal> {
  const seated = await seatOf(context, ports, wish.asChair);
  if ("refused" in seated) return seated;
  const evaluation = await evaluationOf(context.tx, context.lot);
  if (!evaluation || next(evaluationStates, evaluation.state, wish.command) === undefined) return notNow(evaluation);
  return { ...seated, evaluation, seats: sittingSeats(seated.committee).map(({ no }) => no) };
}

export function notNow(evaluation: Evaluation | undefined): Refusal {
  const state = evaluation?.state ?? "waiting";
  return refuse("act.not-possible-now", {
    message: "评标现在的状态不能这样办理。",
    messageEn: "This is not possible in the present state of the evaluation.",
    data: { state },
    whatToDo: "请查看评标大厅的当前步骤。",
  });
}

export function unknownBid(bidDigests: readonly string[]): Refusal {
  return refuse("evaluation.bid-unknown", {
    message: "没有这份已开标的有效投标文件。",
    messageEn: "There is no such opened bid.",
    data: { bids: bidDigests },
  });
}

/** Appends to the evaluation's own stream. */
export function note(
  context: DecidingLot,
  evaluation: Pick<Evaluation, "stream">,
  type: string,
  data: Parameters<DecidingLot["append"]>[2],
) {
  return context.append(evaluation.stream, type, data);
}

export function hoursLater(now: number, hours: number): string {
  return instantText(now + hours * 3_600_000);
}
