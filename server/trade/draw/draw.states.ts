/** A draw's way (model.md §3): a plan is frozen before anything random exists, and it is drawn once. */
import { end, states } from "../../kernel/index.ts";

export const drawStates = states({
  prepared: { list: "prepared", setRecovery: "prepared", join: "prepared", freeze: "frozen", void: "void" },
  frozen: { contribute: "frozen", closeShares: "revealing", void: "void" },
  revealing: {
    sharePlatform: "revealing",
    declareFallback: "revealing",
    reveal: "revealing",
    forfeit: "revealing",
    postPartial: "revealing",
    carryBeacon: "revealing",
    derive: "derived",
    fail: "failed",
    void: "void",
  },
  derived: { substitute: "derived", publish: "published", void: "void" },
  // What was published is never changed; a seat that nobody is left for needs a new plan with a public reason.
  published: { substitute: "published", void: "void" },
  // Too few shares, or a quota that cannot be met: never filled by hand (draw-v1 §7).
  failed: { void: "void" },
  void: end,
});
