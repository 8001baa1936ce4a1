/** Archive: the transition table of model.md §3. */
import { type CommandOf, end, type StateOf, states } from "../../kernel/index.ts";

export const archiveStates = states({
  collecting: { collect: "collecting", complete: "complete" },
  complete: { seal: "sealed" },
  sealed: { lend: "sealed", reopen: "collecting", dispose: "disposed" },
  disposed: end,
});

export type ArchiveState = StateOf<typeof archiveStates>;
export type ArchiveCommand = CommandOf<typeof archiveStates>;
