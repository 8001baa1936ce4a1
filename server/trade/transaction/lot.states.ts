/** Lot and transaction: the transition tables of model.md §3. Rules decide whether, tables decide where to. */
import { end, states } from "../../kernel/index.ts";

export const lotStates = states({
  // Admission is a step, so a lot that waits for its first notice has a run already; its law is bound by that notice.
  planned: { startRun: "planned", completeStep: "planned", bindLaw: "running", cancel: "cancelled" },
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
