/** drw.publish and drw.void: the result is shown with its proof, or a plan is given up for a public reason. */
import { Type } from "@sinclair/typebox";
import { digestOf } from "../../../formats/jcs.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { type Act, act } from "../transaction/index.ts";
import { type Draw, drawOf } from "./draw.ts";
import { drawIdShape, findDrawFor } from "./find-draw.ts";
import type { Purposes } from "./purpose.ts";
import { drawRecord } from "./record.ts";

export function publishDraw(purposes: Purposes): Act {
  return act({
    name: "drw.publish",
    title: { zh: "公布抽取结果与证明", en: "Publish result and proof" },
    who: ["drawOperator"],
    about: "lot",
    lock: "exclusive",
    rules: ["CON-099"],
    data: Type.Object({ drawId: drawIdShape }, { additionalProperties: false }),
    async decide(context, { drawId }) {
      const draw = await findDrawFor(context, drawId, "publish");
      if (isRefusal(draw)) return draw;
      const recordSha256 = digestOf(await drawRecord(context.tx, drawId));
      await context.append(drawId, "drw.published", { lotId: draw.lotId, recordSha256 });
      const published = await drawOf(context.tx, drawId);
      await purposes[draw.purpose]?.published?.(context, published as Draw);
      return { drawId, recordSha256 };
    },
  });
}

export const voidDraw = act({
  name: "drw.void",
  title: { zh: "作废抽取方案", en: "Give up a plan" },
  who: ["drawOperator", "supervisor"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, reason: Type.String({ title: "公开的原因", minLength: 4, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, reason }) {
    const draw = await findDrawFor(context, drawId, "void");
    if (isRefusal(draw)) return draw;
    // Once a share can be known, the operator could draw until the result pleases: then only the authority may stop it.
    const isBlind = ["prepared", "frozen", "failed"].includes(draw.state);
    if (!isBlind && context.actor.role !== "supervisor") return onlyTheAuthority(draw);
    await context.append(drawId, "drw.voided", { lotId: draw.lotId, reason });
    return { drawId };
  },
});

function onlyTheAuthority({ id, state }: Draw): Refusal {
  return refuse("draw.void-needs-authority", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: "随机数已开始揭示，只有行政监督部门可以公开原因作废。",
    messageEn: "Shares are known; only the supervision authority may give up this plan now.",
    data: { drawId: id, state },
    whatToDo: "请报告行政监督部门。",
  });
}
