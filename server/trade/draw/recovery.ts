/**
 * Mode 2: nobody reveals. The members who made a common key by the ceremony of seal-v1 §3 open the sealed
 * commits together, t of n (draw-v1 §3.5). A fallback from the beacon needs the supervisor's public reason.
 */
import { Type } from "@sinclair/typebox";
import { type DrawPlan, drawMode, fallbackIsValid, type PartialPost, partialIsValid } from "../../../formats/draw/index.ts";
import type { Json } from "../../../formats/jcs.ts";
import { checkCeremony, SealCeremony } from "../../../formats/seal/index.ts";
import { findKey, peopleWithRole } from "../../identity/index.ts";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { act, type DecidingLot } from "../transaction/index.ts";
import { deriveIfReady } from "./derive.ts";
import type { Draw } from "./draw.ts";
import { drawIdShape, findDrawFor, hexShape, notNow } from "./find-draw.ts";

export const setRecovery = act({
  name: "drw.setRecovery",
  title: { zh: "登记恢复密钥", en: "Register the members' key of a draw" },
  who: ["drawOperator"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, ceremony: Type.Unsafe<SealCeremony>({ ...SealCeremony, title: "密钥仪式记录" }) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, ceremony }) {
    const draw = await findDrawFor(context, drawId, "setRecovery");
    if (isRefusal(draw)) return draw;
    if (draw.way !== "recovery" && draw.way !== "fallback") return notNow(draw);
    const fault = ceremony.lotId !== drawId ? "E_CEREMONY" : ceremony.suite !== 1 ? "E_SUITE" : checkCeremony(ceremony);
    if (fault) return badCeremony(draw, fault);
    const memberSignKeys = ceremony.members.map(({ signKey }) => signKey);
    const strangers = await strangersAmong(context, memberSignKeys);
    if (strangers.length > 0) return badCeremony(draw, "stranger");
    const { t, pk, memberKeys } = ceremony;
    const recovery = { use: draw.way === "recovery" ? "always" : "fallback", suite: 1, t, pk, memberKeys } as const;
    await context.append(drawId, "drw.recoverySet", {
      lotId: draw.lotId,
      recovery: recovery as unknown as Json,
      memberSignKeys,
      ceremony: ceremony as unknown as Json,
    });
    return { drawId };
  },
});

export const declareFallback = act({
  name: "drw.declareFallback",
  title: { zh: "宣布不再等待信标", en: "Declare that the beacon is not waited for" },
  who: ["supervisor"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, reason: Type.String({ title: "公开的原因", minLength: 1, maxLength: 80 }), sig: hexShape("监督部门的签名", 64) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, reason, sig }) {
    const draw = await findDrawFor(context, drawId, "declareFallback");
    if (isRefusal(draw)) return draw;
    // Once a reveal is logged the draw waits for the beacon: rounds are permanent (draw-v1 §3.4).
    if (draw.way !== "fallback" || draw.fallback || draw.reveals.length > 0 || draw.beacon) return notNow(draw);
    if (!fallbackIsValid(draw.plan as DrawPlan, reason, sig)) return badSignature(draw);
    await context.append(drawId, "drw.fallbackDeclared", { lotId: draw.lotId, reason, sig });
    await context.takeNumber(drawId);
    return { drawId };
  },
});

const partialShape = Type.Object(
  { i: Type.Integer({ title: "贡献方序号", minimum: 0, maximum: 31 }), D: hexShape("D", 33), c: hexShape("c", 32), z: hexShape("z", 32) },
  { additionalProperties: false },
);

export const postPartials = act({
  name: "drw.postPartials",
  title: { zh: "提交恢复份额", en: "Post the member's partials" },
  who: ["buyer", "agent", "centre", "supervisor"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-099"],
  data: Type.Object(
    { drawId: drawIdShape, partials: Type.Array(partialShape, { title: "份额", minItems: 1, maxItems: 32 }) },
    { additionalProperties: false },
  ),
  async decide(context, { drawId, partials }) {
    // The state is reached only after tCommit, when every commit is logged (draw-v1 §7).
    const draw = await findDrawFor(context, drawId, "postPartial");
    if (isRefusal(draw)) return draw;
    if (drawMode(draw.plan as DrawPlan, draw.fallback !== null) !== 2) return notNow(draw);
    const member = draw.memberSignKeys.indexOf(context.actor.signKey) + 1;
    const posts: PartialPost[] = partials.map((partial) => ({ ...partial, member }));
    const wrong = new Set(posts.map(({ i }) => i)).size !== posts.length ? 0 : posts.findIndex((post) => !isNewAndValid(draw, post));
    if (member === 0 || wrong >= 0) return badPartial(draw, member, posts[wrong]?.i ?? -1);
    for (const post of posts) await context.append(drawId, "drw.partialPosted", { lotId: draw.lotId, ...post });
    await context.takeNumber(drawId);
    await deriveIfReady(context, drawId);
    return { drawId, member };
  },
});

function isNewAndValid(draw: Draw, post: PartialPost): boolean {
  const commit = draw.commits.find(({ i }) => i === post.i);
  const isKnown = draw.partials.some(({ i, member }) => i === post.i && member === post.member);
  return commit !== undefined && !isKnown && partialIsValid(draw.plan as DrawPlan, commit, post);
}

/** Sign keys that belong to nobody of the lot's buyer, agent, centre and supervisor. */
async function strangersAmong(context: DecidingLot, signKeys: readonly string[]): Promise<string[]> {
  const known = new Set<string | undefined>();
  for (const role of ["buyer", "agent", "centre", "supervisor"] as const) {
    for (const { personId, organisationId } of await peopleWithRole(context.tx, role)) {
      if (organisationId === context.lot.parties[role]) known.add(await findKey(context.tx, personId, "sign"));
    }
  }
  return signKeys.filter((key) => !known.has(key));
}

function badCeremony({ id }: Draw, fault: string): Refusal {
  return refuse("draw.ceremony-invalid", {
    ruleId: "CON-099",
    law: "draw-v1 §2；seal-v1 §3",
    message: `恢复密钥的仪式记录不成立（${fault}）。`,
    messageEn: `The ceremony of the members' key does not hold (${fault}).`,
    data: { drawId: id, fault },
    whatToDo: "请由招标人、交易中心、监督部门以本抽取编号重新举行密钥仪式。",
  });
}

function badSignature({ id }: Draw): Refusal {
  return refuse("draw.signature-invalid", {
    ruleId: "CON-099",
    law: "draw-v1 §3.4",
    message: "声明的签名与方案中监督部门的密钥不符。",
    messageEn: "The declaration is not signed by the plan's supervisor key.",
    data: { drawId: id },
  });
}

function badPartial({ id }: Draw, member: number, i: number): Refusal {
  return refuse("draw.partial-invalid", {
    ruleId: "CON-099",
    law: "draw-v1 §3.5",
    message: member === 0 ? "您不是持有恢复份额的一方。" : "恢复份额重复或证明不成立，不予收录。",
    messageEn: member === 0 ? "You hold no share of the members' key." : "A partial is repeated or its proof fails.",
    data: { drawId: id, member, i },
  });
}
