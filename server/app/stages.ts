/** All stages of the trade, in the order in which they may know one another. Everything is joined here. */
import { findOrganisation } from "../identity/index.ts";
import { isRefusal } from "../kernel/index.ts";
import { procedureById } from "../kinds/index.ts";
import type { Queryable } from "../runtime/database/index.ts";
import { supervisionStage } from "../supervision/index.ts";
import { archiveStage, type PaperPorts } from "../trade/archive/index.ts";
import { awardStage } from "../trade/award/index.ts";
import { biddingStage } from "../trade/bidding/index.ts";
import { catalogueStage } from "../trade/catalogue/index.ts";
import { ceremonyStage } from "../trade/ceremony/index.ts";
import {
  type CommitteePorts,
  committeeOf,
  committeeStage,
  type ExpertPool,
  expertsPurpose,
  finishCommittee,
  sitsOnCommittee,
  veil,
} from "../trade/committee/index.ts";
import { type ContractPorts, contractStage } from "../trade/contract/index.ts";
import { type DepositBank, depositStage, depositsOf, releaseDue } from "../trade/deposit/index.ts";
import {
  type CoefficientPorts,
  coefficientDrawIsRevealed,
  coefficientPurpose,
  drawnCoefficients,
  drawStage,
  tieOrder,
  tiePurpose,
} from "../trade/draw/index.ts";
import { type EvaluationPorts, evaluationStage, tiedBids } from "../trade/evaluation/index.ts";
import { openedBids, openingOf, openingRecordPaper, openingStage } from "../trade/opening/index.ts";
import { remedyStage } from "../trade/remedy/index.ts";
import { documentOf, noticeOf, noticePaper, tenderingStage } from "../trade/tendering/index.ts";
import { type Procedure, type Stage, standingStream, transactionStage } from "../trade/transaction/index.ts";

/** What stages need of outside systems. */
export interface StagePorts {
  bank: DepositBank;
  experts: ExpertPool;
}

/** @throws for a procedure that is not enabled: no lot is opened under one. */
export function procedureNamed(id: string): Procedure & { sandboxOnly: boolean } {
  const procedure = procedureById(id);
  if (isRefusal(procedure)) throw new Error(procedure.messageEn);
  return procedure;
}

export function stagesOf({ bank, experts }: StagePorts): readonly Stage[] {
  const committee = committeePorts(experts);
  const purposes = {
    coefficient: coefficientPurpose(coefficientPorts),
    experts: expertsPurpose(committee),
    tie: tiePurpose({ tiedParties: (db, lotId) => tiedBids(db as Queryable, lotId, procedureNamed) }),
  };
  return [
    transactionStage,
    catalogueStage,
    ceremonyStage,
    drawStage({ purposes }),
    tenderingStage,
    depositStage(bank),
    biddingStage,
    openingStage({ depositsOf, sitsOnCommittee, isDrawPending }),
    committeeStage(committee),
    evaluationStage(evaluationPorts),
    awardStage,
    contractStage(contractPorts),
    remedyStage,
    archiveStage(paperPorts),
    supervisionStage,
  ];
}

/** The coefficient is declared in the document and drawn among those who attend the opening. */
const coefficientPorts: CoefficientPorts = {
  declaredDraw: async (db, lotId) => (await documentOf(db, lotId))?.coefficientDraw ?? null,
  async isAttending(db, lotId, organisationId) {
    const opening = await openingOf(db, lotId);
    return [...(opening?.bids.values() ?? [])].some((bid) => bid.organisation === organisationId && bid.attendedAt !== null);
  },
};

async function isDrawPending(db: Parameters<typeof documentOf>[0], lotId: string): Promise<boolean> {
  const document = await documentOf(db, lotId);
  return document?.coefficientDraw !== null && document !== undefined && !(await coefficientDrawIsRevealed(db, lotId));
}

/** Bidders are known to the recusal check only once their bids are read out. */
export function committeePorts(pool: ExpertPool): CommitteePorts {
  return {
    pool,
    async registerOf(db, lotId) {
      const bids = await openedBids(db, lotId);
      const register: { organisationId: string; creditCode: string }[] = [];
      // One after another: a connection inside a transaction runs one query at a time.
      for (const { organisation } of bids) {
        const found = await findOrganisation(db as Queryable, organisation);
        if (found) register.push({ organisationId: found.id, creditCode: found.creditCode });
      }
      return register;
    },
  };
}

const evaluationPorts: EvaluationPorts = {
  documentOf,
  openedBids,
  committeeOf,
  veil,
  finishCommittee,
  drawnValues: async (db, lotId) => (await drawnCoefficients(db, lotId)) ?? {},
  tieOrder,
};

/** Papers as each stage makes them, once there is something to print. */
export const paperPorts: PaperPorts = {
  async noticePaper(db, platform, lot) {
    const stream = await standingStream(db, "ntc", lot);
    const run = Number(stream?.split(".")[1] ?? 1);
    return (await noticeOf(db, lot.id, run))?.publishedAt ? noticePaper(db, platform, { ...lot, run }) : undefined;
  },
  openingRecordPaper: async (db, _, lot) => ((await openingOf(db, lot.id))?.readOutAt ? openingRecordPaper(db, lot.id) : undefined),
};

const contractPorts: ContractPorts = {
  // 退还中标人和未中标的投标人: whoever put something up and did not forfeit it, also a bidder whose bid was revoked.
  async releaseDue(context) {
    await releaseDue(context, { organisations: "all", cause: "contractSigned" });
  },
};
