import { bid } from "../trade/bidding/index.ts"; export const record = bid;
