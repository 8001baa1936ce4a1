/** Remedy: objections to the buyer, complaints to the supervisor, and what they stop and undo. The only door of this stage. */
import type { Stage } from "../transaction/index.ts";
import { acceptRemedy, answerObjection, refuseRemedy } from "./answer-objection.ts";
import { decideComplaint } from "./decide-complaint.ts";
import { remedySteps } from "./next-steps.ts";
import { raiseRemedy, withdrawRemedy } from "./raise-remedy.ts";
import { remedyReads } from "./reads.ts";

export { isPending, type Remedies, type Remedy, remediesOf } from "./remedy.ts";

export const remedyStage: Stage = {
  name: "remedy",
  acts: [raiseRemedy, withdrawRemedy, acceptRemedy, refuseRemedy, answerObjection, decideComplaint],
  reads: remedyReads,
  views: [],
  nextSteps: remedySteps,
  live: {
    "rem.raised": ({ data }) =>
      data.path === "objection"
        ? { zh: "收到异议，相关环节暂停", en: "An objection is received; what it attacks is on hold" }
        : { zh: "行政监督部门收到投诉", en: "The supervisor receives a complaint" },
    "rem.answered": () => ({ zh: "异议已答复", en: "The objection is answered" }),
    "rem.decided": () => ({ zh: "投诉处理决定已作出", en: "The complaint is decided" }),
  },
};
