/** Evaluation and score sheet: the transition tables of model.md §3. Rules decide whether, tables decide where to. */
import { type CommandOf, end, type StateOf, states } from "../../kernel/index.ts";

export const evaluationStates = states({
  waiting: { begin: "working" },
  working: {
    scrutinise: "working",
    findFact: "working",
    vote: "working",
    reject: "working",
    restore: "working",
    askBidder: "working",
    answerBidder: "working",
    judgeCompetition: "working",
    askTime: "working",
    score: "working",
    voidSeat: "working",
    compute: "reporting",
    concludeStep: "working",
    reopenWork: "working",
    annul: "annulled",
  },
  reporting: { signReport: "reporting", voidSeat: "working", reopenWork: "working", report: "reported", annul: "annulled" },
  reported: { annul: "annulled" },
  annulled: end,
});

export const sheetStates = states({
  open: { save: "open", submit: "submitted", void: "void" },
  submitted: { reopen: "open", lock: "locked", void: "void" },
  locked: { reopen: "open", void: "void" },
  void: end,
});

export type EvaluationState = StateOf<typeof evaluationStates>;
export type EvaluationCommand = CommandOf<typeof evaluationStates>;
export type SheetState = StateOf<typeof sheetStates>;
