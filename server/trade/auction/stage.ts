/** The auction as the house joins it. */
import { keeps } from "../../kernel/index.ts";
import type { Stage } from "../transaction/index.ts";
import { enterHall } from "./enter-hall.ts";
import { endRun, followHall, openSession, scheduleSession } from "./follow-hall.ts";
import { matchPrice } from "./match-price.ts";
import { interrupt } from "./pause-auction.ts";
import type { AuctionPorts } from "./ports.ts";

export function auctionStage(ports: AuctionPorts): Stage {
  return {
    name: "auction",
    acts: [enterHall(ports), interrupt("pause", ports), interrupt("resume", ports), matchPrice(ports)],
    reads: [],
    views: [],
    reactions: [scheduleSession(ports), openSession(ports), followHall(ports), endRun],
  };
}

const engine = { at: "server/trade/auction/judge-offer.ts", test: "server/trade/auction/auction.test.ts" };
const moves = { at: "server/trade/auction/move-on.ts", test: "server/trade/auction/auction.test.ts" };

keeps({ ...engine, ruleId: "AST-004", how: "No act takes an offer back; a better one takes its place." });
keeps({
  ...engine,
  ruleId: "AST-013",
  how: "An accepted offer of the timed period restarts the countdown in full; a refused one never does.",
});
keeps({ ...engine, ruleId: "AST-014", how: "Each offer is judged by the current price and step, the first by the starting price." });
keeps({ ...engine, ruleId: "AST-015", how: "Offers are ordered where they arrive; the client's clock is not asked." });
keeps({ ...moves, ruleId: "AST-010", how: "The holder that takes part may match the best price on equal conditions." });
keeps({ ...moves, ruleId: "AST-019", how: "A session without a standing offer ends passed in." });
