/** Objection and complaint: the transition table of model.md §3. */
import { type CommandOf, end, type StateOf, states } from "../../kernel/index.ts";

export const remedyStates = states({
  raised: { accept: "accepted", refuse: "refused", withdraw: "withdrawn" },
  accepted: { answer: "answered", decide: "decided", withdraw: "withdrawn" },
  answered: { follow: "followed", close: "closed", execute: "executed" },
  refused: { follow: "followed", close: "closed" },
  decided: { execute: "executed" },
  followed: end,
  closed: end,
  withdrawn: end,
  executed: end,
});

export type RemedyState = StateOf<typeof remedyStates>;
export type RemedyCommand = CommandOf<typeof remedyStates>;
