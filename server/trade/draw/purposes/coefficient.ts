/**
 * The benchmark coefficient, drawn in public at the opening among the values that the tender document declares.
 * Contributors are buyer, centre, supervisor and the first bidders that attend and sign up.
 */
import { refuse } from "../../../kernel/index.ts";
import type { Queryable } from "../../../record/index.ts";
import { isReached } from "../../transaction/index.ts";
import type { DrawPurpose } from "../purpose.ts";

export interface CoefficientPorts {
  /** What the tender document declares; null when nothing is drawn in this lot. */
  declaredDraw(db: Queryable, lotId: string): Promise<{ id: string; values: readonly string[] } | null>;
  /** Is the bidder present at the opening? */
  isAttending(db: Queryable, lotId: string, organisationId: string): Promise<boolean>;
}

export function coefficientPurpose({ declaredDraw, isAttending }: CoefficientPorts): DrawPurpose {
  return {
    name: "coefficient",
    title: { zh: "评标基准系数抽取", en: "Draw of the benchmark coefficient" },
    sealed: false,
    async list({ tx, lot }) {
      const declared = await declaredDraw(tx, lot.id);
      if (!declared) {
        return refuse("draw.nothing-declared", {
          ruleId: "CON-099",
          law: "招标投标法实施条例",
          article: "第四十九条",
          message: "招标文件没有规定抽取系数，不得另行抽取。",
          messageEn: "The tender document declares no coefficient to be drawn.",
          data: { lotId: lot.id },
        });
      }
      return {
        kind: "coefficient",
        pool: [],
        strata: [],
        maxPerGroup: null,
        coefficients: [{ id: declared.id, values: [...declared.values] }],
      };
    },
    async mayJoin({ tx, lot, actor }) {
      if (isReached(lot, "bidDeadline") && (await isAttending(tx, lot.id, actor.organisationId))) return undefined;
      return refuse("draw.not-attending", {
        ruleId: "CON-099",
        law: "招标投标法",
        article: "第二十二条",
        message: "只有到场参加开标的投标人可以报名贡献随机数。",
        messageEn: "Only bidders that attend the opening may sign up.",
        data: { lotId: lot.id },
      });
    },
  };
}
