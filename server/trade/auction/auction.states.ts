/**
 * The session of an auction: where it may go (model.md §3). An offer is never withdrawn: 竞买人一经应价，不得撤回
 * (拍卖法第三十六条, AST-004), so there is no such command. A refused offer moves nothing and stands in no row.
 */
import { end, states } from "../../kernel/index.ts";

export const auctionStates = states({
  scheduled: { admit: "scheduled", exclude: "scheduled", start: "live", cancel: "cancelled" },
  live: { admit: "live", exclude: "live", offer: "live", advance: "live", pause: "paused", stop: "matching", end: "ended" },
  paused: { admit: "paused", exclude: "paused", resume: "live", cancel: "cancelled" },
  matching: { extendMatch: "matching", match: "ended", waive: "ended" },
  ended: end,
  cancelled: end,
});
