import { aBid } from "./testing/a-bid.ts";
export const bid = aBid;
