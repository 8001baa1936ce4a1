/** All stages of the trade, in the order in which they may know one another. Everything is joined here. */
import { biddingStage } from "../trade/bidding/index.ts";
import { catalogueStage } from "../trade/catalogue/index.ts";
import { ceremonyStage } from "../trade/ceremony/index.ts";
import { openingStage } from "../trade/opening/index.ts";
import { tenderingStage } from "../trade/tendering/index.ts";
import type { Stage } from "../trade/transaction/index.ts";
import { transactionStage } from "../trade/transaction/index.ts";

export const stages: readonly Stage[] = [transactionStage, catalogueStage, ceremonyStage, tenderingStage, biddingStage, openingStage()];
