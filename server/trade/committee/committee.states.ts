/** Committee and seat: the transition tables of model.md §3. */
import { end, states } from "../../kernel/index.ts";

export const committeeStates = states({
  requested: { request: "requested", list: "requested", summon: "forming", nameRepresentative: "requested" },
  forming: {
    request: "requested",
    summon: "forming",
    accept: "forming",
    decline: "forming",
    nameRepresentative: "forming",
    vacate: "forming",
    form: "formed",
  },
  formed: { checkIn: "formed", vote: "formed", electChair: "seated", vacate: "short" },
  seated: { vacate: "short", finish: "done" },
  // Somebody left: a substitute follows in draw order, accepts and checks in before the work goes on.
  short: {
    summon: "short",
    accept: "short",
    decline: "short",
    nameRepresentative: "short",
    checkIn: "short",
    vacate: "short",
    replace: "short",
    recomplete: "formed",
  },
  done: { recall: "seated" },
});

export const seatStates = states({
  summoned: { accept: "accepted", decline: "declined" },
  accepted: { checkIn: "present", recuse: "vacated" },
  present: { recuse: "vacated", finish: "done" },
  done: { recall: "present" },
  declined: end,
  vacated: end,
});
