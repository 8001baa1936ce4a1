/**
 * `evl.reopenWork`, and what a vacated seat does: 被更换成员的评审结论无效，由更换后的成员重新进行评审 (实施条例
 * 第四十八条). Nothing is rewritten: a run begins at the step that must be done anew, and what came before stands.
 */
import { keeps } from "../../kernel/index.ts";
import {
  type Act,
  act,
  closed,
  type DecidingLot,
  oneOf,
  type Reaction,
  startRun,
  stepStatus,
  stepsBefore,
  text,
} from "../transaction/index.ts";
import { type EvaluationPorts, sittingSeats } from "./before.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import { carriedRejections } from "./majority.ts";
import { enterRoom, note } from "./room.ts";
import { sheetOf } from "./sheet.ts";

keeps({
  ruleId: "CON-056",
  at: "server/trade/evaluation/reopen-work.ts",
  how: "a vacated seat takes its votes and its sheet with it, and the review begins anew with its substitute",
  test: "server/trade/evaluation/evaluation.test.ts",
});

export function reopenWork(ports: EvaluationPorts): Act {
  return act({
    name: "evl.reopenWork",
    title: { zh: "重新打开评审", en: "Open the work again" },
    who: ["expert", "buyer"],
    about: "lot",
    lock: "exclusive",
    data: closed({ from: oneOf("重新开始的步骤", "evaluation.examine", "evaluation.score"), reason: text("原因", 1000) }),
    async decide(context, { from, reason }) {
      const room = await enterRoom(context, ports, { command: "reopenWork", asChair: true });
      if ("refused" in room) return room;
      await reopen(context, room.evaluation, { from, reason });
      return {};
    },
  });
}

async function reopen(context: DecidingLot, evaluation: Evaluation, { from, reason }: { from: string; reason: string }): Promise<void> {
  await note(context, evaluation, "evl.workReopened", { from, reason });
  for (const id of evaluation.sheets.values()) {
    const sheet = await sheetOf(context.tx, id);
    if (sheet?.state === "submitted" || sheet?.state === "locked")
      await context.append(id, "sht.reopened", { lotId: context.lot.id, reason });
  }
  if (stepStatus(context.lot, context.procedure, from) === "done")
    await startRun(context, context.lot.pass, reason, stepsBefore(context.lot, context.procedure, from));
}

/** Takes away what a seat that no longer sits has judged; what it carried is voted again. */
export function voidVacatedSeats(ports: EvaluationPorts): Reaction {
  return {
    name: "evaluation.void-vacated-seats",
    on: ["cmt.seatVacated", "cmt.seatReplaced"],
    lotOf: async ({ stream }) => `lot_${stream.slice(stream.indexOf("_") + 1).split(".")[0]}`,
    async react(context) {
      const evaluation = await evaluationOf(context.tx, context.lot);
      if (!evaluation || evaluation.state === "reported" || evaluation.state === "annulled") return;
      const sitting = sittingSeats(await ports.committeeOf(context.tx, context.lot.id)).map(({ no }) => no);
      const gone = seatsWithWork(evaluation).filter((seat) => !sitting.includes(seat));
      for (const seat of gone) await voidSeat(context, evaluation, seat);
      if (gone.length > 0) await voteAgain(context, sitting);
    },
  };
}

function seatsWithWork({ findings, competition, sheets, signatures }: Evaluation): number[] {
  return [...new Set([...findings.keys(), ...competition.keys(), ...sheets.keys(), ...signatures.keys()])].sort((a, b) => a - b);
}

async function voidSeat(context: DecidingLot, { sheets, stream }: Evaluation, seat: number): Promise<void> {
  await context.append(stream, "evl.seatVoided", { seat });
  const sheet = await sheetOf(context.tx, sheets.get(seat));
  if (sheet && sheet.state !== "void") await context.append(sheet.id, "sht.voided", { lotId: context.lot.id, seat });
}

async function voteAgain(context: DecidingLot, sitting: readonly number[]): Promise<void> {
  const evaluation = (await evaluationOf(context.tx, context.lot)) as Evaluation;
  const carried = carriedRejections(evaluation, sitting);
  for (const bidDigest of evaluation.rejected.keys()) {
    if (!carried.some((one) => one.bidDigest === bidDigest)) await note(context, evaluation, "evl.bidRestored", { bidDigest });
  }
  if (evaluation.examined) await reopen(context, evaluation, { from: "evaluation.examine", reason: "评标委员会成员更换" });
}
