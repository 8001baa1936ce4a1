/** The order among bids that the declared method cannot part. The names are public by then, and so is the salt. */
import { type OrderResult, poolId } from "../../../../formats/draw/index.ts";
import { sha256 } from "../../../../formats/jcs.ts";
import { refuse } from "../../../kernel/index.ts";
import type { Queryable } from "../../../record/index.ts";
import type { DrawPurpose } from "../purpose.ts";
import { standingDraw } from "../record.ts";

export interface TiePorts {
  /** Party ids whose bids only a draw can part; empty when nothing is tied. */
  tiedParties(db: Queryable, lotId: string): Promise<readonly string[]>;
}

export function tiePurpose({ tiedParties }: TiePorts): DrawPurpose {
  return {
    name: "tie",
    title: { zh: "同分排序抽取", en: "Draw among equals" },
    sealed: false,
    async list({ tx, lot }) {
      const tied = await tiedParties(tx, lot.id);
      if (tied.length < 2) {
        return refuse("draw.nothing-tied", {
          ruleId: "CON-099",
          law: "招标投标法实施条例",
          article: "第四十九条",
          message: "没有需要抽取排序的同分投标。",
          messageEn: "No bids are tied.",
          data: { lotId: lot.id },
        });
      }
      const pool = tied.map((partyId) => ({ id: pseudonymOf(lot.id, partyId), group: null, strata: [], recusal: null }));
      return { kind: "order", pool: pool.sort((a, b) => (a.id < b.id ? -1 : 1)), strata: [], maxPerGroup: null, coefficients: [] };
    },
  };
}

/** The tied parties in the order that was drawn; undefined while there is no result. */
export async function tieOrder(db: Queryable, lotId: string, tied: readonly string[]): Promise<string[] | undefined> {
  const result = (await standingDraw(db, lotId, "tie"))?.result as OrderResult | null | undefined;
  if (!result) return undefined;
  const byId = new Map(tied.map((partyId) => [pseudonymOf(lotId, partyId), partyId]));
  return result.order.map((id) => byId.get(id)).filter((partyId) => partyId !== undefined);
}

function pseudonymOf(lotId: string, partyId: string): string {
  return poolId(sha256("egret/v1 tie\n", lotId), partyId);
}
