/** The opening-key ceremony of a lot as everybody may read it. */
import { queryOptions } from "@tanstack/react-query";
import type { SealCeremony } from "../../formats/seal/index.ts";
import { find } from "./client.ts";

/** `GET /lots/:lotId/ceremony`. */
export type WireCeremony = {
  readonly ceremonyId: string;
  readonly state: string;
  readonly ceremony: SealCeremony | null;
};

/** The ceremony; null before it was begun. */
export const ceremonyQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["ceremony", lotId],
    queryFn: async ({ signal }) => (await find<WireCeremony>(`/lots/${lotId}/ceremony`, signal)) ?? null,
    refetchInterval: 5_000,
  });
