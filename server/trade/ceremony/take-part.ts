/** `cer.start` by the centre, `cer.accept` by a person of each member: who makes the key, with which public keys. */
import { Type } from "@sinclair/typebox";
import { findPoint, planCode, suiteOf } from "../../../formats/seal/index.ts";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, closed, count, streamOf } from "../transaction/index.ts";
import {
  type Ceremony,
  ceremonyStates,
  evolveCeremony,
  findCeremony,
  type MemberRole,
  memberNumber,
  memberRoles,
  planOf,
} from "./ceremony.ts";

const point = (title: string) => Type.String({ title, pattern: "^0[23][0-9a-f]{64}$" });

export const startCeremony = act({
  name: "cer.start",
  title: { zh: "开始开标密钥生成", en: "Start the key ceremony" },
  who: ["centre"],
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: closed({
    suite: Type.Union([Type.Literal(1), Type.Literal(2)], { title: "密码套件" }),
    t: count("开标所需成员数", 2, memberRoles.length),
  }),
  async decide(context, { suite, t }) {
    const { lot, tx } = context;
    const before = await findCeremony(tx, lot.id);
    if (before && next(ceremonyStates, before.state, "start") === undefined) return notPossible(before.state);
    await context.append(streamOf("cer", lot.id), "cer.started", {
      suite,
      t,
      tenderId: lot.transactionId,
      lotId: lot.id,
      roles: [...memberRoles],
    });
    return { members: [...memberRoles], t };
  },
});

export const acceptMembership = act({
  name: "cer.accept",
  title: { zh: "确认参加开标密钥生成", en: "Take part in the key ceremony" },
  who: ["buyer", "centre", "supervisor"],
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: closed({ signKey: point("签名公钥"), encKey: point("加密公钥") }),
  async decide(context, { signKey, encKey }) {
    const ceremony = await findCeremony(context.tx, context.lot.id);
    const role = memberRoleOf(context);
    if (!ceremony || next(ceremonyStates, ceremony.state, "accept") === undefined) return notPossible(ceremony?.state ?? "waiting");
    const refusal = acceptRefusal(context, { ceremony, role, keys: [signKey, encKey] });
    if (refusal) return refusal;
    const stream = streamOf("cer", context.lot.id);
    const event = await context.append(stream, "cer.accepted", {
      role,
      member: memberNumber(role),
      organisation: context.actor.organisationId,
      signKey,
      encKey,
    });
    const plan = planOf(evolveCeremony(ceremony, event));
    const fault = plan && planCode(plan);
    return fault ? rowRefused(fault) : { member: memberNumber(role) };
  },
});

/** The one role that an actor may take: standing has been checked before, so its side is its role. */
export function memberRoleOf({ actor }: Pick<ActContext, "actor">): MemberRole {
  if (actor.role === "buyer") return "buyer";
  return actor.role === "centre" ? "tradingCentre" : "supervisionAuthority";
}

function acceptRefusal(
  { actor }: ActContext,
  { ceremony, role, keys }: { ceremony: Ceremony; role: MemberRole; keys: string[] },
): Refusal | undefined {
  if (ceremony.excluded.includes(actor.personId)) {
    return refuse("ceremony.excluded", {
      law: "密封投标规范 seal-v1",
      article: "§3",
      message: "此前的密钥生成因您提交的内容无效而作废，请由本单位其他人员参加。",
      messageEn: "An earlier ceremony was void because of your rows; another person of your organisation takes part.",
    });
  }
  if (ceremony.members.has(role)) {
    return refuse("ceremony.role-taken", {
      message: "本单位已有人员参加。",
      messageEn: "A person of your organisation takes part already.",
      data: { role },
    });
  }
  const others = [...ceremony.members.values()].flatMap((member) => [member.signKey, member.encKey]);
  const isFresh = new Set([...keys, ...others]).size === keys.length + others.length;
  if (isFresh && keys.every((key) => findPoint(suiteOf(ceremony.suite), key))) return undefined;
  return rowRefused(isFresh ? "E_POINT" : "E_CEREMONY");
}

/** A row that the public checks of the format refuse; the code is the verifier's. */
export function rowRefused(code: string): Refusal {
  return refuse("ceremony.row-invalid", {
    law: "密封投标规范 seal-v1",
    article: "§3",
    message: `提交的内容未通过公开核验（${code}）。`,
    messageEn: `The row does not pass the public check (${code}).`,
    data: { code },
    whatToDo: "请由密钥终端重新生成后提交。",
  });
}

export function notPossible(state: string): Refusal {
  return refuse("act.not-possible-now", {
    message: "开标密钥生成现在不能这样办理。",
    messageEn: "This cannot be done in the ceremony now.",
    data: { state },
  });
}
