/** Bidding as the house joins it: two sealed acts, one read of one's own, and the end of the window at the deadline. */
import { keeps } from "../../kernel/index.ts";
import { closeWindow, isInTime, type NextStep, type ReadContext, type Stage, stepStatus } from "../transaction/index.ts";
import { sealAct } from "./bid.ts";
import { ownBidRead } from "./reads.ts";
import { sealBid } from "./seal-bid.ts";
import { withdrawBid } from "./withdraw-bid.ts";

keeps({
  ruleId: "CON-037",
  at: "server/trade/bidding/own-bid.ts",
  how: "The receipt is the answer to the act, to the millisecond; before the deadline only the bidder's own acts can be opened, for the bidder.",
  test: "server/trade/bidding/sealing.test.ts",
});

export const biddingStage: Stage = {
  name: "bidding",
  acts: [sealBid, withdrawBid],
  reads: [ownBidRead],
  views: [],
  onMilestone: {
    bidDeadline: (context) => closeWindow(context, "bidding.submit"),
  },
  nextSteps,
};

/** The same for a bidder that has sealed and one that has not: the list must not tell them apart by its size. */
async function nextSteps({ lot, procedure, actor, now }: ReadContext): Promise<NextStep[]> {
  if (actor?.role !== "bidder" || !isInTime(lot, "bidDeadline", now) || stepStatus(lot, procedure, "bidding.submit") !== "open") return [];
  const dueAt = new Date(lot.milestones.get("bidDeadline")?.at ?? now).toISOString();
  return [
    {
      act: sealAct,
      title: { zh: "递交或修改投标文件", en: "Hand in or replace the bid" },
      dueAt,
      rules: ["CON-035", "CON-036", "CON-038"],
    },
  ];
}
