/** How far a committee is formed, and who sits on it, for those who may know. */
import { queryOptions } from "@tanstack/react-query";
import { find } from "./client.ts";

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
    queryFn: async ({ signal }) => (await find<CommitteeProgress>(`/lots/${lotId}/committee`, signal)) ?? null,
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
    queryFn: async ({ signal }) => {
      const seats =
        (await find<{ items: readonly Seat[] }>(`/lots/${lotId}/committee/seats`, signal)) ??
        (await find<{ items: readonly Seat[] }>(`/lots/${lotId}/committee/members`, signal));
      return seats?.items ?? [];
    },
    refetchInterval: 10_000,
  });
