/** What the stages let people read of a lot. Absent and hidden look alike: both are undefined here. */
import { queryOptions } from "@tanstack/react-query";
import { find } from "./client.ts";
import type { Paper, RecordRow } from "./types.ts";

/** Public rows of the record of a lot. */
export const recordQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["record", lotId],
    queryFn: async ({ signal }) => (await find<{ items: readonly RecordRow[] }>(`/lots/${lotId}/record`, signal)) ?? { items: [] },
  });

/** Papers that exist of a lot. */
export const papersQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["papers", lotId],
    queryFn: async ({ signal }) => (await find<{ items: readonly Paper[] }>(`/lots/${lotId}/papers`, signal))?.items ?? [],
  });
