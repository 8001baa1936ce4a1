/** Bidding: sealed bids, their replacement and withdrawal, and receipts. The only door of this stage. */

export type { BidAct, BidChain, LiveBid, SubmissionPlace } from "./bid.ts";
export type { KeeperOptions } from "./key-keeper/keeper.ts";
export { KeyKeeperClient } from "./key-keeper-client.ts";
export { liveBids, withdrawnChains } from "./live-bids.ts";
export { openHeader } from "./open-header.ts";
export { part, receiptsOf } from "./receipts.ts";
export { biddingStage } from "./stage.ts";
export { loadSubmission } from "./submission-file.ts";
