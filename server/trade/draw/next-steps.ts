/** What a person should do next in the draws of a lot. */
import type { NextStep, ReadContext } from "../transaction/index.ts";
import { modeOf } from "./derive.ts";
import type { Draw } from "./draw.ts";
import type { Purposes } from "./purpose.ts";
import { drawsOf } from "./record.ts";

export async function drawNextSteps(context: ReadContext, purposes: Purposes): Promise<NextStep[]> {
  if (!context.actor) return [];
  const draws = await drawsOf(context.tx, context.lot.id);
  return draws.flatMap((draw) => stepsIn(draw, context).map((step) => titled(step, purposes[draw.purpose]?.title)));
}

type Step = Omit<NextStep, "title" | "rules"> & { words: { zh: string; en: string } };

function stepsIn(draw: Draw, { actor }: ReadContext): Step[] {
  if (actor?.role === "drawOperator") return operatorSteps(draw);
  const i = draw.contributors.findIndex(({ personId }) => personId === actor?.personId);
  const fill = { drawId: draw.id };
  if (i >= 0 && draw.state === "frozen" && !draw.commits.some((commit) => commit.i === i)) {
    return [{ act: "drw.contribute", dueAt: draw.tCommit, fill, words: { zh: "提交随机数承诺", en: "Commit a share" } }];
  }
  const mayReveal = draw.state === "revealing" && modeOf(draw) !== 2 && draw.beacon === null && !draw.forfeited.includes(i);
  if (i >= 0 && mayReveal && draw.commits.some((commit) => commit.i === i) && !draw.reveals.some((one) => one.i === i)) {
    return [{ act: "drw.reveal", dueAt: draw.tReveal, fill, words: { zh: "揭示随机数", en: "Reveal the share" } }];
  }
  const member = draw.memberSignKeys.indexOf(actor?.signKey ?? "") + 1;
  if (member > 0 && draw.state === "revealing" && modeOf(draw) === 2 && !draw.partials.some((partial) => partial.member === member)) {
    return [{ act: "drw.postPartials", dueAt: null, fill, words: { zh: "提交恢复份额", en: "Post partials" } }];
  }
  return [];
}

function operatorSteps(draw: Draw): Step[] {
  const fill = { drawId: draw.id };
  const awaitsKey = (draw.way === "recovery" || draw.way === "fallback") && !draw.recovery;
  if (draw.state === "prepared" && awaitsKey)
    return [{ act: "drw.setRecovery", dueAt: draw.tCommit, fill, words: { zh: "登记恢复密钥", en: "Register the members' key" } }];
  if (draw.state === "prepared" && draw.list)
    return [{ act: "drw.freeze", dueAt: draw.tCommit, fill, words: { zh: "核对并冻结方案", en: "Check and freeze the plan" } }];
  if (draw.state === "derived")
    return [{ act: "drw.publish", dueAt: null, fill, words: { zh: "公布结果与证明", en: "Publish result and proof" } }];
  if (draw.state === "failed")
    return [{ act: "drw.void", dueAt: null, fill, words: { zh: "公开原因并作废", en: "Give the plan up for a public reason" } }];
  if (draw.state === "revealing" && modeOf(draw) === 1 && !draw.beacon)
    return [{ act: "drw.carryBeacon", dueAt: null, fill, words: { zh: "带入公开信标", en: "Carry the beacon in" } }];
  return [];
}

function titled({ words, ...step }: Step, purpose: { zh: string; en: string } | undefined): NextStep {
  return {
    ...step,
    rules: ["CON-099"],
    title: { zh: `${purpose?.zh ?? "抽取"}：${words.zh}`, en: `${purpose?.en ?? "Draw"}: ${words.en}` },
  };
}
