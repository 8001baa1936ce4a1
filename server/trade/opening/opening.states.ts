/**
 * Opening: where it may go (model.md §3, decisions §3). It begins in the instant of the deadline; phase 1
 * gathers the bidders' keys, phase 2 the members' shares; what is read out is read out for all at once.
 */
import { end, states } from "../../kernel/index.ts";

export const openingStates = states({
  decrypting: {
    attend: "decrypting",
    deliverKey: "decrypting",
    extend: "decrypting",
    pause: "paused",
    endWindow: "judging",
    freezeKeys: "unsealing",
    fail: "failed",
  },
  paused: { attend: "paused", resume: "decrypting" },
  judging: { attend: "judging", judgeMissing: "judging", extend: "decrypting", freezeKeys: "unsealing" },
  unsealing: { attend: "unsealing", postPartial: "unsealing", completePartials: "reading", fail: "failed" },
  reading: { attend: "reading", unseal: "unsealed" },
  unsealed: { readOut: "confirming" },
  confirming: { confirm: "confirming", answerObjection: "confirming", close: "closed" },
  failed: end,
  closed: end,
});
