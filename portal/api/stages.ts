/** What the stages let people read of a lot. Absent and hidden look alike: both are undefined here. */
import { queryOptions } from "@tanstack/react-query";
import { findOfLot } from "./lot-reads.ts";
import type { Paper, RecordRow } from "./types.ts";

/** Public lines of the record of a lot, newest first. */
export const recordQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["record", lotId],
    queryFn: async (context): Promise<readonly RecordRow[]> => {
      const record = await findOfLot<{ items: readonly RecordRow[] }>(context, lotId, "record");
      return [...(record?.items ?? [])].reverse();
    },
  });

type WirePaper = { readonly kind: string; readonly title: string; readonly issuedOn: string; readonly href: string };

/** Papers that exist of a lot. */
export const papersQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["papers", lotId],
    queryFn: async (context): Promise<readonly Paper[]> => {
      const papers = await findOfLot<{ items: readonly WirePaper[] }>(context, lotId, "papers");
      return (papers?.items ?? []).map(({ kind, title, issuedOn, href }) => ({ kind, name: title, on: issuedOn, href }));
    },
  });
