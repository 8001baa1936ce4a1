/** Opening: from the deadline to the closed opening record. The only door of this stage. */
export { bidFile, type OpenedBidRow, openedBids } from "./opened-bids.ts";
export type { BidAtOpening, BidStatus, DepositAtOpening, MissingCause, Opening, OpeningStatus } from "./opening.ts";
export { openingOf } from "./opening-stream.ts";
export { openingRecordPaper } from "./paper.ts";
export type { OpeningPorts } from "./ports.ts";
export { openingRecord } from "./record.ts";
export { openingStage } from "./stage.ts";
