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

type WirePaper = { readonly kind: string; readonly title: string; readonly issuedOn: string; readonly href: string };

/** Papers that exist of a lot. */
export const papersQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["papers", lotId],
    queryFn: async ({ signal }): Promise<readonly Paper[]> => {
      const papers = await find<{ items: readonly WirePaper[] }>(`/lots/${lotId}/papers`, signal);
      return (papers?.items ?? []).map(({ kind, title, issuedOn, href }) => ({ kind, name: title, on: issuedOn, href }));
    },
  });
