/**
 * drw.carryBeacon: somebody brings the public beacon's round as a file or as the text of a QR code. The bearer
 * needs no trust: the plan names the round before it exists, and the BLS check is mathematics (draw-v1 §3.6).
 */
import { Type } from "@sinclair/typebox";
import { type DrawPlan, findCarryRefusal, quicknetChain, readCarryCode } from "../../../formats/draw/index.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { act, isReached } from "../transaction/index.ts";
import { deriveIfReady, modeOf } from "./derive.ts";
import type { Draw } from "./draw.ts";
import { drawIdShape, findDrawFor, hexShape, notNow } from "./find-draw.ts";

const carriedShape = Type.Union(
  [
    Type.Object({ code: Type.String({ title: "二维码文字", maxLength: 160 }) }, { additionalProperties: false, title: "二维码" }),
    Type.Object(
      { chain: hexShape("信标链", 32), round: Type.Integer({ title: "轮次", minimum: 1 }), signature: hexShape("轮次签名", 48) },
      { additionalProperties: false, title: "文件" },
    ),
  ],
  { title: "信标轮次" },
);

export const carryBeacon = act({
  name: "drw.carryBeacon",
  title: { zh: "带入公开信标", en: "Carry the beacon's round in" },
  who: ["buyer", "agent", "centre", "drawOperator", "supervisor", "bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, carried: carriedShape, source: Type.Optional(Type.String({ title: "读取来源", maxLength: 128 })) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, carried, source }) {
    const draw = await findDrawFor(context, drawId, "carryBeacon");
    if (isRefusal(draw)) return draw;
    if (modeOf(draw) !== 1 || !isReached(context.lot, `drawReveal:${drawId}`)) return notNow(draw);
    const read = "code" in carried ? readCarryCode(carried.code) : carried;
    if (!read) return badBeacon(draw, "beacon.code-misread");
    const code = findCarryRefusal(draw.plan as DrawPlan, { chain: quicknetChain, ...read }, context.now);
    if (code) return badBeacon(draw, code);
    await context.append(drawId, "drw.beaconCarried", {
      lotId: draw.lotId,
      round: read.round,
      signature: read.signature,
      source: source ?? null,
    });
    await context.takeNumber(drawId);
    await deriveIfReady(context, drawId);
    return { drawId, round: read.round };
  },
});

const words: Readonly<Record<string, [string, string]>> = {
  "beacon.wrong-chain": ["不是方案规定的信标链", "It is another chain than the plan's"],
  "beacon.wrong-round": ["不是方案规定的轮次", "It is another round than the plan's"],
  "beacon.not-yet": ["该轮次的时刻尚未到达", "The round's instant has not come yet"],
  "beacon.invalid-signature": ["轮次签名不成立", "The round's signature does not verify"],
  "beacon.code-misread": ["二维码文字有误读的字符", "A character of the code was misread"],
};

function badBeacon({ id, plan }: Draw, code: string): Refusal {
  const [message, messageEn] = words[code] ?? ["信标不可用", "The beacon cannot be used"];
  return refuse(code, {
    ruleId: "CON-099",
    law: "draw-v1 §3.6",
    message: `${message}，不予收录。`,
    messageEn: `${messageEn}.`,
    data: { drawId: id, round: plan?.beacon?.round ?? null },
    whatToDo: "请从任一中继读取方案规定的轮次后再带入。",
  });
}
