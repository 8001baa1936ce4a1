/**
 * A lot, and what may be read of it. The lot's own answer names the reads that the reader's standing opens now, so that
 * a page asks for nothing it may not know of: what is closed is not asked, and looks the same as what does not exist.
 */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { find, read } from "./client.ts";
import { lotOf } from "./lot-view.ts";
import { RefusedError } from "./refusal.ts";
import type { Lot } from "./types.ts";
import type { WireLot } from "./wire.ts";

/** One lot as the signed-in person may see it. */
export const lotQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["lot", lotId],
    queryFn: async ({ signal }) => lotOf(await read<WireLot>(`/lots/${lotId}`, signal)),
  });

/** What a query has at hand when it reads. */
export type Asking = { readonly client: QueryClient; readonly signal: AbortSignal };

/** The lot, read once for all that ask at the same time; undefined for one that the reader may not know. */
export async function findLot(client: QueryClient, lotId: string): Promise<Lot | undefined> {
  try {
    return await client.fetchQuery(lotQuery(lotId));
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

/** Reads `/lots/:lotId/:name` when it is open to the reader; undefined when it is closed or there is none. */
export async function findOfLot<T>({ client, signal }: Asking, lotId: string, name: string): Promise<T | undefined> {
  const lot = await findLot(client, lotId);
  return lot?.opens.includes(name) ? find<T>(`/lots/${lotId}/${name}`, signal) : undefined;
}
