/** A bidder's own bid: party id, receipts, the sealed header. Nobody else can read any of it before the opening. */
import { queryOptions } from "@tanstack/react-query";
import type { SealHeader, SealReceipt } from "../../../formats/seal/index.ts";
import { findOfLot } from "../../api/lot-reads.ts";

/** `GET /lots/:lotId/own-bid`. */
export type OwnBid = {
  readonly partyId: string;
  readonly state: string;
  readonly nextVersion: number;
  readonly deadline: string | null;
  readonly mayChange: boolean;
  readonly live: { readonly bidDigest: string; readonly header: SealHeader; readonly cipherSize: number } | null;
  readonly receipts: readonly SealReceipt[];
};

/** The own bid; null where one has none to see. */
export const ownBidQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["own-bid", lotId],
    queryFn: async (context) => (await findOfLot<OwnBid>(context, lotId, "own-bid")) ?? null,
  });
