/** How far a committee is formed, and who sits on it, for those who may know. */
import { queryOptions } from "@tanstack/react-query";
import { findOfLot } from "./lot-reads.ts";

/** Counts only: before the result nobody outside may know a name. */
export type CommitteeProgress = {
  readonly state: string;
  readonly drawId: string;
  readonly experts: number;
  readonly representatives: number;
  readonly seats: { readonly summoned: number; readonly accepted: number; readonly present: number; readonly done: number };
  readonly windowStartAt: string;
  readonly hasChair: boolean;
};

/** Progress; null for those who may not know, or before a committee was asked for. */
export const committeeQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["committee", lotId],
    queryFn: async (context) => (await findOfLot<CommitteeProgress>(context, lotId, "committee")) ?? null,
    refetchInterval: 10_000,
  });

/** A seat with its person. */
export type Seat = {
  readonly no: number;
  readonly kind: string;
  readonly state: string;
  readonly name: string;
  readonly isChair: boolean;
  readonly mine: boolean;
};

/** Seats; an empty list for those who may not know. */
export const seatsQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["seats", lotId],
    queryFn: async (context) => {
      const seats =
        (await findOfLot<{ items: readonly Seat[] }>(context, lotId, "committee/seats")) ??
        (await findOfLot<{ items: readonly Seat[] }>(context, lotId, "committee/members"));
      return seats?.items ?? [];
    },
    refetchInterval: 10_000,
  });
