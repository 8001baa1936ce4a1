/** Objections and complaints: without names for everybody, whole for those who must act. */
import { queryOptions } from "@tanstack/react-query";
import { findOfLot } from "./lot-reads.ts";

/** A way to object or complain, and until when. */
export type RemedyWay = {
  readonly path: string;
  readonly about: string;
  readonly open: boolean;
  readonly until: string | null;
  readonly goesTo: string;
};

/** A case as its parties read it. */
export type RemedyCase = {
  readonly remedy: string;
  readonly path: string;
  readonly about: string;
  readonly state: string;
  readonly raisedBy: string;
  readonly ground: string;
  readonly request: string;
  readonly raisedAt: string;
  readonly suspends: boolean;
  readonly dueAt: string | null;
  readonly answer: { readonly upheld: boolean; readonly text: string; readonly at: string } | null;
  readonly decision: { readonly effect: string; readonly text: string; readonly at: string } | null;
};

/** Cases and ways; null for those who take no part. */
export const casesQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["cases", lotId],
    queryFn: async (context) =>
      (await findOfLot<{ ways: readonly RemedyWay[]; items: readonly RemedyCase[] }>(context, lotId, "remedies/cases")) ?? null,
  });
