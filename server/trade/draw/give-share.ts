/**
 * drw.contribute and drw.reveal: a contributor commits to a share and later opens it (draw-v1 §3.2, §3.5).
 * Both windows are judged by the place in the log: a step that gets its number too late is rolled back with
 * its number, so that nothing of it is recorded (decisions §2).
 */
import { Type } from "@sinclair/typebox";
import { commitIsValid, type DrawPlan, drawMode, revealOpensCommit } from "../../../formats/draw/index.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { type ActContext, act, type DecidingLot, judge } from "../transaction/index.ts";
import { deriveIfReady } from "./derive.ts";
import { type Draw, drawOf } from "./draw.ts";
import { drawIdShape, findDrawFor, hexShape, notNow, placeOfContributor } from "./find-draw.ts";
import { isInWindow } from "./rules/window.ts";

const sealedShape = Type.Union(
  [Type.Null(), Type.Object({ R: hexShape("点 R", 33), ct: hexShape("密文", 80) }, { additionalProperties: false })],
  { title: "封存的随机数（恢复方式）" },
);
const contributing = ["buyer", "agent", "centre", "supervisor", "bidder"] as const;

export const contribute = act({
  name: "drw.contribute",
  title: { zh: "提交随机数承诺", en: "Commit a share" },
  who: contributing,
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, c: hexShape("承诺", 32), sealed: sealedShape, sig: hexShape("承诺的签名", 64) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, ...post }) {
    const draw = await findDrawFor(context, drawId, "contribute");
    if (isRefusal(draw)) return draw;
    const i = placeOfContributor(draw, context);
    if (typeof i !== "number") return i;
    if (draw.commits.some((commit) => commit.i === i)) return twice(draw, i);
    if (!commitIsValid(draw.plan as DrawPlan, { i, ...post }))
      return invalidShare(draw, "承诺的签名或封存无效", "The commit is not signed or sealed as the plan asks");
    await context.append(drawId, "drw.contributed", { lotId: context.lot.id, i, ...post });
    const late = await refusalOfLate(context, draw, draw.tCommit);
    crashPoint("CP14.committed");
    return late ?? { drawId, i };
  },
});

export const reveal = act({
  name: "drw.reveal",
  title: { zh: "揭示随机数", en: "Reveal a share" },
  who: contributing,
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object({ drawId: drawIdShape, s: hexShape("随机数 s", 32), rho: hexShape("盲化数 ρ", 32) }, { additionalProperties: false }),
  async decide(context, { drawId, s, rho }) {
    const draw = await findDrawFor(context, drawId, "reveal");
    if (isRefusal(draw)) return draw;
    const plan = draw.plan as DrawPlan;
    // In recovery only the sealed commit counts, so that nobody chooses by keeping silent (draw-v1 §1).
    if (drawMode(plan, draw.fallback !== null) === 2) return notNow(draw);
    const i = placeOfContributor(draw, context);
    if (typeof i !== "number") return i;
    if (draw.reveals.some((one) => one.i === i)) return twice(draw, i);
    const commit = draw.commits.find((one) => one.i === i);
    if (!commit || !revealOpensCommit(plan, commit, { i, s, rho }))
      return invalidShare(draw, "揭示与承诺不符", "The reveal does not open the commit");
    await context.append(drawId, "drw.revealed", { lotId: context.lot.id, i, s, rho });
    const late = await refusalOfLate(context, draw, draw.tReveal);
    if (late) return late;
    crashPoint("CP14.revealed");
    await deriveIfReady(context, drawId);
    return { drawId, i };
  },
});

/** Takes the number of what was just appended; a refusal when the log says that it is too late. */
export async function refusalOfLate(context: ActContext, draw: Draw, limit: string): Promise<Refusal | undefined> {
  const { at } = await context.takeNumber(draw.id);
  return judge(context, [isInWindow], { loggedAt: at, limit }).refusal;
}

/**
 * At tCommit: no share comes any more, and the platform adds its own, which follows from its key and the plan
 * (draw-v1 §3.3). After the end of the reveal it would be refused, so then it is left out and named.
 */
export async function closeShares(context: DecidingLot, milestone: string): Promise<void> {
  const draw = await drawOf(context.tx, drawIdIn(milestone));
  if (draw?.state !== "frozen") return;
  await context.append(draw.id, "drw.sharesClosed", { lotId: draw.lotId, commits: draw.commits.length });
  await context.tx.query("SAVEPOINT platform_share");
  const pi = context.platform.keys.proveVrf(Buffer.from(draw.planHash ?? "", "hex"));
  await context.append(draw.id, "drw.platformShared", { lotId: draw.lotId, pi });
  const { at } = await context.takeNumber(draw.id);
  if (at > draw.tReveal) await context.tx.query("ROLLBACK TO SAVEPOINT platform_share");
}

export function drawIdIn(milestone: string): string {
  return milestone.slice(milestone.indexOf(":") + 1);
}

function twice({ id }: Draw, i: number): Refusal {
  return refuse("draw.second-share", {
    ruleId: "CON-099",
    law: "draw-v1 §7",
    message: "每个贡献方只能提交一次，您已提交。",
    messageEn: "A contributor commits and reveals once; you have done so.",
    data: { drawId: id, i },
  });
}

function invalidShare({ id }: Draw, message: string, messageEn: string): Refusal {
  return refuse("draw.share-invalid", {
    ruleId: "CON-099",
    law: "draw-v1 §7",
    message: `${message}，不予收录。`,
    messageEn: `${messageEn}.`,
    data: { drawId: id },
    whatToDo: "请核对方案、序号和密钥后重新提交。",
  });
}
