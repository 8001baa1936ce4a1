/** Evaluation: the committee's work from the first look at a bid to the signed report. The only door of this stage. */
import type { Act, Stage } from "../transaction/index.ts";
import type { EvaluationPorts } from "./before.ts";
import { beginEvaluation } from "./begin-evaluation.ts";
import { answerBidder, askBidder } from "./clarification.ts";
import { computeResult } from "./compute-result.ts";
import { concludeStep, judgeCompetition } from "./conclude-examination.ts";
import { findFact, rejectBids } from "./judge-bids.ts";
import { evaluationSteps } from "./next-steps.ts";
import { clarificationsRead, progressRead, reportRead, roomRead } from "./reads.ts";
import { reopenWork, voidVacatedSeats } from "./reopen-work.ts";
import { deemSilent, report, signReport } from "./sign-report.ts";
import { unnamed } from "./unnamed-act.ts";
import { askTime, reopenSheet, saveSheet, submitSheet } from "./write-sheet.ts";

export { annulEvaluation } from "./annul-evaluation.ts";
export type { BidFigures, EvaluationPorts, JudgingTerms, OpenedBid, Seat, SeatedCommittee } from "./before.ts";
export { tiedBids } from "./compute-result.ts";
export { type Evaluation, evaluationOf, type JudgedBid, type RankedBid } from "./evaluation.ts";
export { type EvaluationReport, type RejectedBid, reportOf } from "./report-of.ts";
export { reportPaper } from "./report-paper.ts";

/** What members of the committee do. */
function memberActs(ports: EvaluationPorts): Act[] {
  return [
    beginEvaluation(ports),
    rejectBids(ports),
    findFact(ports),
    askBidder(ports),
    judgeCompetition(ports),
    concludeStep(ports),
    saveSheet(ports),
    submitSheet(ports),
    reopenSheet(ports),
    askTime(ports),
    computeResult(ports),
    reopenWork(ports),
    signReport(ports),
    report(ports),
  ];
}

export function evaluationStage(ports: EvaluationPorts): Stage {
  return {
    name: "evaluation",
    acts: [...memberActs(ports).map((definition) => unnamed(definition, ports)), answerBidder()],
    reads: [roomRead(ports), progressRead(ports), reportRead, clarificationsRead],
    views: [],
    onMilestone: { reportSigningEnd: (context) => deemSilent(context, ports) },
    reactions: [voidVacatedSeats(ports)],
    nextSteps: (context) => evaluationSteps(context, ports),
    live: {
      "evl.begun": () => ({ zh: "评标委员会开始评标", en: "The committee begins its work" }),
      "evl.stepConcluded": () => ({ zh: "初步评审结束", en: "The preliminary review is over" }),
      "evl.reported": () => ({ zh: "评标委员会提交评标报告", en: "The committee hands over its report" }),
      "evl.annulled": () => ({ zh: "评标结果被撤销", en: "The evaluation is annulled" }),
    },
  };
}
