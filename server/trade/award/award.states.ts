/** Award: the transition table of model.md §3. */
import { type CommandOf, end, type StateOf, states } from "../../kernel/index.ts";

export const awardStates = states({
  waiting: { publishCandidates: "publicity", decide: "decided" },
  publicity: { closePublicity: "cleared", annulCandidates: "waiting" },
  cleared: { decide: "decided", annulCandidates: "waiting" },
  decided: { publishResult: "announced", revoke: "revoked" },
  announced: { sendLetter: "notified", revoke: "revoked" },
  notified: { conclude: "concluded", decline: "vacant", revoke: "revoked" },
  concluded: { revoke: "revoked" },
  revoked: { chooseNext: "decided", publishCandidates: "publicity", giveUp: "void" },
  vacant: { chooseNext: "decided", publishCandidates: "publicity", giveUp: "void" },
  void: end,
});

export type AwardState = StateOf<typeof awardStates>;
export type AwardCommand = CommandOf<typeof awardStates>;
