/**
 * drw.freeze: the operator signs the plan as it stands and nothing in it can change any more (draw-v1 §3.1).
 * The two windows become limits of the lot, so that a drain and a countdown go with them.
 */
import { Type } from "@sinclair/typebox";
import { findPlanFault, freezeIsValid } from "../../../formats/draw/index.ts";
import type { Json } from "../../../formats/jcs.ts";
import { findKey } from "../../identity/index.ts";
import { isRefusal, parseInstant, type Refusal, refuse } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { act, judge, setMilestone } from "../transaction/index.ts";
import { noKey } from "./contributors.ts";
import type { Draw } from "./draw.ts";
import { drawIdShape, findDrawFor, hexShape } from "./find-draw.ts";
import { planHashOf, planOf } from "./plan-of.ts";
import { listIsWhatWasSigned } from "./rules/frozen-list.ts";
import { operatorIsNotApplicant } from "./rules/two-persons.ts";

export const freezeDraw = act({
  name: "drw.freeze",
  title: { zh: "冻结抽取方案", en: "Freeze the plan of a draw" },
  who: ["drawOperator"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, planHash: hexShape("方案摘要", 32), sig: hexShape("操作员对方案的签名", 64) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, planHash, sig }) {
    const draw = await findDrawFor(context, drawId, "freeze");
    if (isRefusal(draw)) return draw;
    const operatorKey = await findKey(context.tx, context.actor.personId, "ed25519");
    if (!operatorKey) return noKey(context.actor.personId);
    const duty = judge(context, [operatorIsNotApplicant], { applicant: draw.applicant, operator: context.actor.personId }).refusal;
    if (duty) return duty;
    const plan = planOf(draw, { operatorKey, vrfKey: context.platform.keys.vrfKey });
    if (!plan) return awaited(draw);
    const fault = findPlanFault(plan);
    if (fault) return faultyPlan(draw, fault);
    const { refusal, decisions } = judge(context, [listIsWhatWasSigned], { signed: planHash, current: planHashOf(plan) });
    if (refusal) return refusal;
    if (!freezeIsValid(plan, sig)) return badSignature(draw);
    await context.append(drawId, "drw.frozen", { lotId: context.lot.id, plan: plan as unknown as Json, planHash, sig, decisions });
    const past =
      (await setMilestone(context, `drawCommit:${drawId}`, parseInstant(draw.tCommit), "drw.frozen")) ??
      (await setMilestone(context, `drawReveal:${drawId}`, parseInstant(draw.tReveal), "drw.frozen"));
    if (past) return past;
    // A commit may only follow a freeze that stands in the log (draw-v1 §7); no witness is configured yet.
    await context.takeNumber(drawId);
    crashPoint("CP14.planned");
    return { drawId, planHash };
  },
});

function awaited({ id, list, way }: Draw): Refusal {
  return refuse("draw.plan-incomplete", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: list ? "恢复密钥尚未由各方共同生成，方案不能冻结。" : "候选名单尚未到达，方案不能冻结。",
    messageEn: list ? "The members' key has not been made yet." : "The list of candidates has not come yet.",
    data: { drawId: id, way },
    whatToDo: "请等待缺少的部分到达后再冻结。",
  });
}

function faultyPlan({ id }: Draw, fault: string): Refusal {
  return refuse("draw.plan-faulty", {
    ruleId: "CON-099",
    law: "draw-v1 §2",
    message: `方案不能被验证：${fault}。`,
    messageEn: `The plan would not verify: ${fault}.`,
    data: { drawId: id, fault },
    whatToDo: "请作废此方案并重新编制。",
  });
}

function badSignature({ id }: Draw): Refusal {
  return refuse("draw.signature-invalid", {
    ruleId: "CON-099",
    law: "draw-v1 §3.1",
    message: "方案的签名与操作员登记的密钥不符。",
    messageEn: "The signature on the plan is not by the operator's registered key.",
    data: { drawId: id },
    whatToDo: "请用登记的抽取密钥重新签名。",
  });
}
