/**
 * Who came of those who registered, as the lot's stream of entries tells it from the end of registration on. Before that
 * instant the stream does not exist: a registration is a sealed act, and nobody can count them.
 */
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { type LotThread, streamOf } from "../transaction/index.ts";

export interface Entrant {
  organisation: string;
  partyId: string;
  /** How the session calls it; null for one that did not qualify. */
  number: number | null;
  grounds: readonly string[];
}

/** By organisation. */
export type Entrants = ReadonlyMap<string, Entrant>;

export function entryStream({ id, run }: Pick<LotThread, "id" | "run">): string {
  return streamOf("ent", id, run);
}

export function evolveEntrants(entrants: Entrants | undefined, { type, data }: RecordedEvent): Entrants {
  const all = new Map(entrants);
  if (type !== "ent.qualified" && type !== "ent.disqualified") return all;
  const { organisation, partyId, number = null, grounds = [] } = data;
  return all.set(organisation, { organisation, partyId, number, grounds });
}

/** Empty until the end of registration has judged them. */
export async function entrantsOf(db: Queryable, lot: Pick<LotThread, "id" | "run">): Promise<Entrants> {
  return (await foldStream(db, entryStream(lot), evolveEntrants)) ?? new Map();
}
