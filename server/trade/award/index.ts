/** Award: candidates before everybody's eyes, the decision, result, letter and report. The only door of this stage. */
import type { Stage } from "../transaction/index.ts";
import { chooseNext, decideAward, giveUp } from "./decide-award.ts";
import { declineAward, revokeAward } from "./end-award.ts";
import { answerExtension, askExtension } from "./extend-validity.ts";
import { awardSteps } from "./next-steps.ts";
import { closePublicity, publishCandidates } from "./publish-candidates.ts";
import { awardReads } from "./reads.ts";
import { publishResult, reportToAuthority, sendLetter } from "./tell-result.ts";

export { type Award, awardOf, awardOn, type Candidate, type Decision, standingDecision } from "./award.ts";
export { annulAward, concludeAward } from "./end-award.ts";
export { letterPaper } from "./letter-paper.ts";

export const awardStage: Stage = {
  name: "award",
  acts: [
    publishCandidates,
    askExtension,
    answerExtension,
    decideAward,
    publishResult,
    sendLetter,
    reportToAuthority,
    declineAward,
    revokeAward,
    chooseNext,
    giveUp,
  ],
  reads: awardReads,
  views: [],
  onMilestone: { candidatePublicityEnd: closePublicity },
  nextSteps: awardSteps,
  live: {
    "awd.candidatesPublished": ({ data }) => ({
      zh: `公示中标候选人 ${data.candidates.length} 名`,
      en: `${data.candidates.length} candidates are published`,
    }),
    "awd.publicityClosed": () => ({ zh: "中标候选人公示期满", en: "The publicity of candidates is over" }),
    "awd.candidatesAnnulled": () => ({ zh: "中标候选人公示被撤销", en: "The candidates are annulled" }),
    "awd.resultPublished": ({ data }) => ({ zh: `中标人：${data.name}`, en: `The winner is ${data.name}` }),
    "awd.letterSent": () => ({ zh: "发出中标通知书，同时通知未中标人", en: "The letter of award is sent; the others are told" }),
    "awd.declined": () => ({ zh: "中标人放弃中标", en: "The winner declines" }),
    "awd.revoked": () => ({ zh: "中标决定被撤销", en: "The award is revoked" }),
  },
};
