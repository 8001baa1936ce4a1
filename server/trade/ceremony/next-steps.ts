/** What the centre and each member should do next in the ceremony; a member's desk does the rounds by itself once its person accepted. */
import { type NextStep, type ReadContext, sideOf, stepStatus } from "../transaction/index.ts";
import { type Ceremony, findCeremony, isRoundDone, memberNumber, planOf } from "./ceremony.ts";
import { memberRoleOf } from "./take-part.ts";

const step = (act: string, zh: string, en: string, fill?: Record<string, unknown>): NextStep => ({
  act,
  title: { zh, en },
  dueAt: null,
  rules: [],
  ...(fill ? { fill } : {}),
});

export async function ceremonyNextSteps(context: ReadContext): Promise<NextStep[]> {
  const { actor, lot, procedure, tx } = context;
  const side = sideOf(actor, lot);
  if (!actor || !["buyer", "centre", "supervisor"].includes(actor.role) || side === "public") return [];
  if (stepStatus(lot, procedure, "ceremony.run") !== "open") return [];
  const ceremony = await findCeremony(tx, lot.id);
  if (!ceremony || ceremony.state === "void")
    return actor.role === "centre" ? [step("cer.start", "开始开标密钥生成", "Start the key ceremony", { suite: 1, t: 2 })] : [];
  const role = memberRoleOf({ actor });
  const own = ceremony.members.get(role);
  if (!own)
    return ceremony.excluded.includes(actor.personId) ? [] : [step("cer.accept", "确认参加开标密钥生成", "Take part in the key ceremony")];
  return own.personId === actor.personId ? roundOf(ceremony, memberNumber(role)) : [];
}

function roundOf(ceremony: Ceremony, member: number): NextStep[] {
  if (!planOf(ceremony)) return [];
  if (!ceremony.round1.has(member)) return [step("cer.postRound1", "提交第一轮：承诺", "Post round 1")];
  if (isRoundDone(ceremony.round1) && !ceremony.round2.has(member))
    return [step("cer.postRound2", "提交第二轮：公开点与证明", "Post round 2")];
  if (isRoundDone(ceremony.round2) && !ceremony.round3.has(member)) return [step("cer.postRound3", "提交第三轮：加密份额", "Post round 3")];
  if (isRoundDone(ceremony.round3) && !ceremony.acks.has(member))
    return [step("cer.acknowledge", "确认份额并签署", "Acknowledge the shares")];
  return [];
}
