/** Auction: offers that are public at once, judged by one engine in order of arrival. The only door of this stage. */
export { foldAuction } from "./auction.ts";
export { Lease } from "./lease.ts";
export { pointsOf } from "./rank.ts";
export { Sequencer } from "./sequencer.ts";
export type { Phase, Terms } from "./terms.ts";
