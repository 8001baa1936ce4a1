import type { Bid } from "../bidding/index.ts"; export type Issue = Bid;
