/** All stages of the trade, in the order in which they may know one another. Everything is joined here. */
import { biddingStage } from "../trade/bidding/index.ts";
import { catalogueStage } from "../trade/catalogue/index.ts";
import { ceremonyStage } from "../trade/ceremony/index.ts";
import { type DepositBank, depositsOf, depositStage } from "../trade/deposit/index.ts";
import { openingStage } from "../trade/opening/index.ts";
import { tenderingStage } from "../trade/tendering/index.ts";
import type { Stage } from "../trade/transaction/index.ts";
import { transactionStage } from "../trade/transaction/index.ts";

/** What stages need of outside systems. */
export interface StagePorts {
  bank: DepositBank;
}

export function stagesOf({ bank }: StagePorts): readonly Stage[] {
  return [transactionStage, catalogueStage, ceremonyStage, tenderingStage, depositStage(bank), biddingStage, openingStage({ depositsOf })];
}
