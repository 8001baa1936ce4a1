/**
 * `cer.postRound1`, `2`, `3`: each member posts its rows once, a round only after the one before is
 * complete. A row that fails its check is refused and leaves nothing, so the public file holds none.
 */

import { Type } from "@sinclair/typebox";
import { type CeremonyPlan, checkRound1, checkRound2, checkRound3, Round1Row, Round2Row, Round3Row } from "../../../formats/seal/index.ts";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, closed, streamOf } from "../transaction/index.ts";
import { type Ceremony, ceremonyStates, findCeremony, isRoundDone, memberNumber, memberRoles, planOf } from "./ceremony.ts";
import { memberRoleOf, notPossible, rowRefused } from "./take-part.ts";

/** A member that may act in a running ceremony whose members are complete. */
export interface Seat {
  ceremony: Ceremony;
  plan: CeremonyPlan;
  member: number;
}

export async function seatOf(context: ActContext, command: "post" | "acknowledge" | "void"): Promise<Seat | Refusal> {
  const ceremony = await findCeremony(context.tx, context.lot.id);
  if (!ceremony || next(ceremonyStates, ceremony.state, command) === undefined) return notPossible(ceremony?.state ?? "waiting");
  const role = memberRoleOf(context);
  if (ceremony.members.get(role)?.personId !== context.actor.personId) {
    return refuse("ceremony.not-a-member", {
      message: "您没有确认参加本次密钥生成。",
      messageEn: "You are no member of this ceremony.",
      data: { role },
    });
  }
  const plan = planOf(ceremony);
  return plan ? { ceremony, plan, member: memberNumber(role) } : earlier("accept");
}

export function earlier(awaited: string): Refusal {
  return refuse("ceremony.round-not-open", {
    law: "密封投标规范 seal-v1",
    article: "§3",
    message: "须等全体成员完成上一轮。",
    messageEn: "All members must finish the round before.",
    data: { awaited },
    whatToDo: "请等待其他成员。",
  });
}

export function again(): Refusal {
  return refuse("ceremony.posted-already", {
    message: "本轮已经提交过，不能更换。",
    messageEn: "This round is posted already and cannot be changed.",
  });
}

const members = ["buyer", "centre", "supervisor"] as const;

export const postRound1 = act({
  name: "cer.postRound1",
  title: { zh: "提交第一轮：承诺", en: "Post round 1: commitment" },
  who: members,
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: Round1Row,
  async decide(context, row) {
    const seat = await seatOf(context, "post");
    if ("refused" in seat) return seat;
    const { ceremony, plan, member } = seat;
    if (ceremony.round1.has(member)) return again();
    const fault = checkRound1(plan, member, row);
    if (fault) return rowRefused(fault);
    await context.append(streamOf("cer", context.lot.id), "cer.round1Posted", { member, row });
    return { member };
  },
});

export const postRound2 = act({
  name: "cer.postRound2",
  title: { zh: "提交第二轮：公开点与证明", en: "Post round 2: points and proof" },
  who: members,
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: Round2Row,
  async decide(context, row) {
    const seat = await seatOf(context, "post");
    if ("refused" in seat) return seat;
    const { ceremony, plan, member } = seat;
    const commit = ceremony.round1.get(member)?.commit;
    if (commit === undefined || !isRoundDone(ceremony.round1)) return earlier("round1");
    if (ceremony.round2.has(member)) return again();
    const fault = checkRound2(plan, member, row, commit);
    if (fault) return rowRefused(fault);
    await context.append(streamOf("cer", context.lot.id), "cer.round2Posted", { member, row });
    return { member };
  },
});

export const postRound3 = act({
  name: "cer.postRound3",
  title: { zh: "提交第三轮：加密份额", en: "Post round 3: sealed shares" },
  who: members,
  about: "lot",
  lock: "exclusive",
  step: "ceremony.run",
  data: closed({ rows: Type.Array(Round3Row, { title: "加密份额", minItems: memberRoles.length - 1, maxItems: memberRoles.length - 1 }) }),
  async decide(context, { rows }) {
    const seat = await seatOf(context, "post");
    if ("refused" in seat) return seat;
    const { ceremony, plan, member } = seat;
    if (!isRoundDone(ceremony.round2)) return earlier("round2");
    if (ceremony.round3.has(member)) return again();
    const receivers = rows.map(({ to }) => to);
    const others = memberRoles.map((_, i) => i + 1).filter((other) => other !== member);
    if (!rows.every(({ from }) => from === member) || receivers.join() !== others.join()) return rowRefused("E_CEREMONY");
    const fault = rows.map((row) => checkRound3(plan, row)).find((code) => code !== undefined);
    if (fault) return rowRefused(fault);
    await context.append(streamOf("cer", context.lot.id), "cer.round3Posted", { member, rows });
    return { member };
  },
});
