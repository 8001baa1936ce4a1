/** What the pages read, one query per resource. Live events make them read again; nothing is cached for long. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { freeActsOf, nextStepsOf } from "./act-list.ts";
import { find, read } from "./client.ts";
import { findLot, lotQuery } from "./lot-reads.ts";
import type { Lot, NextAct, NextSteps, Sandbox } from "./types.ts";
import type { WireAct, WireLotRow, WireNextStep, WirePerson, WireSandbox } from "./wire.ts";

type Items<T> = { readonly items: readonly T[] };
/** How many lots a page reads in full; older ones stay in the list. */
const readInFull = 24;

async function lotsInFull(rows: readonly WireLotRow[], client: QueryClient): Promise<readonly Lot[]> {
  const lots = await Promise.all(rows.slice(0, readInFull).map(({ lotId }) => findLot(client, lotId)));
  return lots.filter((lot) => lot !== undefined);
}

let acts: Promise<Items<WireAct>> | undefined;

/** Every act that exists, with the schema of its data: read once a page, because only a new release changes it. */
function readActs(): Promise<Items<WireAct>> {
  acts ??= read<Items<WireAct>>("/acts").catch((error: unknown) => {
    acts = undefined;
    throw error;
  });
  return acts;
}

async function readNextSteps(lot: Lot, role: string, signal: AbortSignal): Promise<NextSteps> {
  const [all, due] = await Promise.all([readActs(), find<Items<WireNextStep>>(`/lots/${lot.lotId}/next-steps`, signal)]);
  return nextStepsOf({ acts: all.items, due: due?.items ?? [], lot, role });
}

/** Acts that are due or possible now for a role on a lot. */
export const nextStepsQuery = (lotId: string, role: string) =>
  queryOptions({
    queryKey: ["next-steps", lotId, role],
    queryFn: async ({ client, signal }) => readNextSteps(await client.fetchQuery(lotQuery(lotId)), role, signal),
  });

/** Everything that waits for the person, over all lots, and what may be begun outside a lot. */
export const todoQuery = (role: string) =>
  queryOptions({
    queryKey: ["todo", role],
    queryFn: async ({ client, signal }) => {
      const [{ items }, all] = await Promise.all([read<Items<WireLotRow>>("/lots?limit=100", signal), readActs()]);
      const lots = await lotsInFull(
        items.filter(({ state }) => state === "planned" || state === "running"),
        client,
      );
      const steps = await Promise.all(lots.map((lot) => readNextSteps(lot, role, signal)));
      const due: readonly NextAct[] = steps.flatMap((step) => step.due);
      return { due, free: freeActsOf(all.items, role), lots };
    },
    refetchInterval: 15_000,
  });

/** The sandbox; undefined in production. */
export const sandboxQuery = queryOptions({
  queryKey: ["sandbox"],
  queryFn: async ({ signal }): Promise<Sandbox> => {
    const [sandbox, people] = await Promise.all([
      read<WireSandbox>("/sandbox", signal),
      read<Items<WirePerson>>("/sandbox/people", signal),
    ]);
    return {
      ...sandbox,
      people: people.items.map(({ name, organisation, ...person }) => ({ ...person, personName: name, organisationName: organisation })),
    };
  },
  refetchInterval: 10_000,
});
