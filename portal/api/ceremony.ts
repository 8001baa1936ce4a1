/** The opening-key ceremony of a lot as everybody may read it. */
import { queryOptions } from "@tanstack/react-query";
import type { SealCeremony } from "../../formats/seal/index.ts";
import { findOfLot } from "./lot-reads.ts";

/** `GET /lots/:lotId/ceremony`. */
export type WireCeremony = {
  readonly state: string;
  readonly t: number;
  readonly members: readonly { readonly role: string; readonly member: number; readonly signKey: string; readonly encKey: string }[];
  readonly posted: Readonly<Record<"round1" | "round2" | "round3" | "acks", readonly number[]>>;
  readonly voidedBecause: string | null;
  readonly ceremony: SealCeremony | null;
  readonly ceremonyHash: string | null;
  readonly sealedAt: string | null;
};

/** The ceremony; null before it was begun. */
export const ceremonyQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["ceremony", lotId],
    queryFn: async (context) => (await findOfLot<WireCeremony>(context, lotId, "ceremony")) ?? null,
    refetchInterval: 3_000,
  });
