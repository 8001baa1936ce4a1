/** The packs that exist. Sector packs (transport, water …) come with their procedures. */
import { defaultPack } from "./default.ts";
import type { Pack } from "./pack.ts";
import { replayForeignPack } from "./replay-foreign.ts";

export type { Pack, SetAside } from "./pack.ts";

export const packs: readonly Pack[] = [defaultPack, replayForeignPack];

export function findPack(id: string): Pack | undefined {
  return packs.find((pack) => pack.id === id);
}
