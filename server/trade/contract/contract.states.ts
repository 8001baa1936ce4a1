/** Contract: the transition table of model.md §3, with the draft that may be written anew before anybody signs. */
import { type CommandOf, end, type StateOf, states } from "../../kernel/index.ts";

export const contractStates = states({
  draft: { draft: "draft", sign: "signing", giveUp: "void" },
  signing: { sign: "signing", takeEffect: "effective", giveUp: "void" },
  effective: { secure: "effective", file: "effective", publish: "effective", terminate: "ended", end: "ended" },
  void: end,
  ended: end,
});

export type ContractState = StateOf<typeof contractStates>;
export type ContractCommand = CommandOf<typeof contractStates>;
