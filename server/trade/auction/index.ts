/** Auction: offers that are public at once, judged by one engine in order of arrival. The only door of this stage. */
export { pointsOf } from "./rank.ts";
export type { Phase, Terms } from "./terms.ts";
