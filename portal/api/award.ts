/** Candidates, result, outcome and contract as their stages let people read them. */
import { queryOptions } from "@tanstack/react-query";
import { moneyText } from "../ui/money.ts";
import { evidenceText } from "../ui/time.ts";
import { findOfLot } from "./lot-reads.ts";
import type { Award, Contract } from "./types.ts";

type WireAward = {
  readonly state: string;
  readonly candidates: readonly { readonly rank: number; readonly bidderName: string; readonly priceFen: string; readonly score: string }[];
  readonly rejected: readonly { readonly bidderName: string; readonly groundText: string; readonly reason: string }[];
  readonly objectionChannel: string;
  readonly publicityEndsAt: string | null;
  readonly onHold: { readonly cause: string } | null;
  readonly result: { readonly winnerName: string; readonly priceFen: string; readonly at: string } | null;
};

/** Candidates and result; null before they are published. */
export const awardQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["award", lotId],
    queryFn: async (context): Promise<Award | null> => {
      const wire = await findOfLot<WireAward>(context, lotId, "award");
      return wire
        ? {
            candidates: wire.candidates,
            rejected: wire.rejected,
            publicityEndsAt: wire.publicityEndsAt ?? undefined,
            winnerName: wire.result?.winnerName,
            onHold: wire.onHold?.cause,
            objectionChannel: wire.objectionChannel,
          }
        : null;
    },
  });

/** The award desk of the buyer. */
export type AwardDesk = {
  readonly state: string;
  readonly ranking: readonly { readonly rank: number; readonly bidderName: string; readonly priceFen: string; readonly score: string }[];
  readonly remaining: readonly number[];
  readonly decisions: readonly {
    readonly no: number;
    readonly rank: number;
    readonly bidderName: string;
    readonly reason: string;
    readonly at: string;
    readonly ended: { readonly how: string; readonly cause: string } | null;
  }[];
  readonly holds: readonly { readonly id: string; readonly cause: string }[];
  readonly losers: readonly string[];
};

/** The desk; null for those who have none. */
export const awardDeskQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["award-desk", lotId],
    queryFn: async (context) => (await findOfLot<AwardDesk>(context, lotId, "award/desk")) ?? null,
  });

/** A bidder's own outcome. */
export type Outcome = {
  readonly outcome: "open" | "won" | "lost" | "none";
  readonly winnerName: string | null;
  readonly rank: number | null;
  readonly score: string | null;
  readonly toldAt: string | null;
};

/** The outcome; null for those who did not bid. */
export const outcomeQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["outcome", lotId],
    queryFn: async (context) => (await findOfLot<Outcome>(context, lotId, "outcome")) ?? null,
  });

type WireContract = {
  readonly state: string;
  readonly contractorName: string;
  readonly priceFen: string;
  readonly durationDays: number;
  readonly quality: string;
  readonly effectiveAt: string;
  readonly filed: { readonly number: string; readonly at: string } | null;
};

/** What is public of the contract; null before it is in force. */
export const contractQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["contract", lotId],
    queryFn: async (context): Promise<Contract | null> => {
      const wire = await findOfLot<WireContract>(context, lotId, "contract");
      if (!wire) return null;
      return {
        rows: [
          ["承包人", wire.contractorName],
          ["合同价", moneyText(wire.priceFen)],
          ["工期", `${wire.durationDays} 日历天`],
          ["质量", wire.quality],
          ["生效", evidenceText(wire.effectiveAt)],
          ["备案", wire.filed ? `${wire.filed.number}（${evidenceText(wire.filed.at)}）` : "—"],
        ],
      };
    },
  });

/** The text of the contract for its parties. */
export type ContractText = {
  readonly state: string;
  readonly termsDigest: string;
  readonly terms: {
    readonly priceFen: string;
    readonly durationDays: number;
    readonly quality: string;
    readonly managerName: string;
    readonly managerCertificate: string;
    readonly securityFen: string;
    readonly securityForm: string;
    readonly paymentTerms: string;
    readonly otherTerms: string;
  };
  readonly signatures: readonly { readonly organisation: string; readonly at: string }[];
};

/** The text; null for those who are no party. */
export const contractTextQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["contract-text", lotId],
    queryFn: async (context) => (await findOfLot<ContractText>(context, lotId, "contract/text")) ?? null,
  });
