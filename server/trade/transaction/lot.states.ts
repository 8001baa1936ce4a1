/** Lot and transaction: the transition tables of model.md §3. Rules decide whether, tables decide where to. */
import { end, states } from "../../kernel/index.ts";

export const lotStates = states({
  planned: { bindLaw: "running", cancel: "cancelled" },
  running: {
    startRun: "running",
    openStep: "running",
    completeStep: "running",
    setMilestone: "running",
    reachMilestone: "running",
    hold: "running",
    releaseHold: "running",
    grantException: "running",
    fail: "failed",
    cancel: "cancelled",
    complete: "completed",
  },
  failed: { renew: "renewed", reopen: "running" },
  completed: { reopen: "running" },
  renewed: end,
  cancelled: end,
});

export const transactionStates = states({
  open: { changeMandate: "open", close: "closed" },
  closed: end,
});
