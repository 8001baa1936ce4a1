/** What the pages read, one query per resource. Live events make them read again; nothing is cached for long. */
import { queryOptions } from "@tanstack/react-query";
import { read } from "./client.ts";
import type { Draw, Home, Lot, LotRow, NextAct, NextSteps, Opening, RecordRow, Sandbox, Session } from "./types.ts";

/** The portal home. */
export const homeQuery = queryOptions({
  queryKey: ["home"],
  queryFn: ({ signal }) => read<Home>("/home", signal),
  refetchInterval: 30_000,
});

/** Public lots by words and stage. */
export const lotsQuery = (search: { readonly q?: string; readonly stage?: string }) =>
  queryOptions({
    queryKey: ["lots", search.q ?? "", search.stage ?? ""],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams();
      if (search.q) asked.set("q", search.q);
      if (search.stage) asked.set("stage", search.stage);
      return read<{ items: readonly LotRow[] }>(`/lots?${asked}`, signal);
    },
  });

/** One lot as the signed-in person may see it. */
export const lotQuery = (lotId: string) =>
  queryOptions({ queryKey: ["lot", lotId], queryFn: ({ signal }) => read<Lot>(`/lots/${lotId}`, signal) });

/** Acts that are possible now for the person on a lot. */
export const nextStepsQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["next-steps", lotId],
    queryFn: ({ signal }) => read<NextSteps>(`/lots/${lotId}/next-steps`, signal),
  });

/** Everything that waits for the person, over all lots. */
export const todoQuery = queryOptions({
  queryKey: ["todo"],
  queryFn: ({ signal }) => read<{ acts: readonly NextAct[]; lots: readonly LotRow[] }>("/next-steps", signal),
  refetchInterval: 15_000,
});

/** Sessions of the halls. */
export const hallsQuery = queryOptions({
  queryKey: ["halls"],
  queryFn: ({ signal }) => read<{ items: readonly Session[] }>("/halls", signal),
  refetchInterval: 30_000,
});

/** The opening hall of a lot. */
export const openingQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["opening", lotId],
    queryFn: ({ signal }) => read<Opening>(`/lots/${lotId}/opening`, signal),
    refetchInterval: 10_000,
  });

/** A draw. */
export const drawQuery = (drawId: string) =>
  queryOptions({
    queryKey: ["draw", drawId],
    queryFn: ({ signal }) => read<Draw>(`/draws/${drawId}`, signal),
    refetchInterval: 10_000,
  });

/** Public rows of the record of a lot. */
export const recordQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["record", lotId],
    queryFn: ({ signal }) => read<{ items: readonly RecordRow[] }>(`/lots/${lotId}/record`, signal),
  });

/** The sandbox. */
export const sandboxQuery = queryOptions({
  queryKey: ["sandbox"],
  queryFn: ({ signal }) => read<Sandbox>("/sandbox", signal),
  refetchInterval: 10_000,
});
