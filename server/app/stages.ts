/** All stages of the trade, in the order in which they may know one another. Everything is joined here. */
import { biddingStage } from "../trade/bidding/index.ts";
import { catalogueStage } from "../trade/catalogue/index.ts";
import { ceremonyStage } from "../trade/ceremony/index.ts";
import { type DepositBank, depositsOf, depositStage } from "../trade/deposit/index.ts";
import { openingOf, openingStage } from "../trade/opening/index.ts";
import { documentOf, tenderingStage } from "../trade/tendering/index.ts";
import { type CoefficientPorts, coefficientPurpose, drawStage } from "../trade/draw/index.ts";
import type { Stage } from "../trade/transaction/index.ts";
import { transactionStage } from "../trade/transaction/index.ts";

/** What stages need of outside systems. */
export interface StagePorts {
  bank: DepositBank;
}

/** The coefficient is declared in the document and drawn among those who attend the opening. */
const coefficientPorts: CoefficientPorts = {
  declaredDraw: async (db, lotId) => (await documentOf(db, lotId))?.coefficientDraw ?? null,
  async isAttending(db, lotId, organisationId) {
    const opening = await openingOf(db, lotId);
    return [...(opening?.bids.values() ?? [])].some((bid) => bid.organisation === organisationId && bid.attendedAt !== null);
  },
};

export function stagesOf({ bank }: StagePorts): readonly Stage[] {
  return [transactionStage, catalogueStage, ceremonyStage, drawStage({ purposes: { coefficient: coefficientPurpose(coefficientPorts) } }), tenderingStage, depositStage(bank), biddingStage, openingStage({ depositsOf })];
}
