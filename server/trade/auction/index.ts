/** Auction: offers that are public at once, judged by one engine in order of arrival. The only door of this stage. */
export { foldAuction, type OfferAnswer } from "./auction.ts";
export { AuctionFloor } from "./auction-floor.ts";
export type { BoardFrame } from "./board.ts";
export { Lease } from "./lease.ts";
export { takeOffer } from "./offer-door.ts";
export { pointsOf } from "./rank.ts";
export { refusalWords } from "./refusal-words.ts";
export { OfferIdReused, Overloaded, Restoring, Sequencer } from "./sequencer.ts";
export type { Phase, Terms } from "./terms.ts";
