/** What a person should do next for the committee of a lot. */
import { instantText } from "../../kernel/index.ts";
import { effectiveAt, type NextStep, type ReadContext, stepStatus } from "../transaction/index.ts";
import { findCallOf } from "./answer-call.ts";
import { activeSeats } from "./committee.ts";
import { standingCommittee } from "./committee-of.ts";
import { findOwnSeat, isAllPresent } from "./sit.ts";

export async function committeeNextSteps(context: ReadContext): Promise<NextStep[]> {
  const { actor } = context;
  if (!actor) return [];
  if (actor.role === "buyer" || actor.role === "agent") return [...(await hostSteps(context)), ...(await memberSteps(context))];
  if (actor.role !== "expert") return [];
  const call = await findCallOf({ ...context, actor });
  if (!call) return memberSteps(context);
  return [{ act: "cmt.accept", title: { zh: "答复评标邀请", en: "Answer the call" }, dueAt: null, rules: ["CON-052", "CON-053"] }];
}

async function hostSteps(context: ReadContext): Promise<NextStep[]> {
  const { tx, lot, procedure, actor } = context;
  const opensAt = effectiveAt(lot, "bidDeadline");
  const committee = await standingCommittee(tx, lot.id);
  if (!committee) {
    if (opensAt === undefined || stepStatus(lot, procedure, "committee.form") !== "open") return [];
    return [
      {
        act: "cmt.request",
        title: { zh: "申请抽取评标专家", en: "Ask for a committee" },
        dueAt: instantText(opensAt),
        rules: ["CON-049", "CON-051"],
      },
    ];
  }
  const named = activeSeats(committee).filter(({ isExpert }) => !isExpert).length;
  const mayName = ["requested", "forming", "short"].includes(committee.state) && actor?.role === "buyer";
  if (!mayName || named >= committee.representatives) return [];
  return [
    {
      act: "cmt.nameRepresentative",
      title: { zh: "确定招标人代表", en: "Name the representative" },
      dueAt: committee.windowStartAt,
      rules: ["CON-049"],
    },
  ];
}

async function memberSteps(context: ReadContext): Promise<NextStep[]> {
  const own = await findOwnSeat(context);
  if (!own) return [];
  const { committee, seat } = own;
  if (seat.state === "accepted" && (committee.state === "formed" || committee.state === "short")) {
    return [{ act: "cmt.checkIn", title: { zh: "评标签到", en: "Check in" }, dueAt: committee.windowStartAt, rules: ["CON-055"] }];
  }
  const mayVote = committee.state === "formed" && isAllPresent(committee) && !committee.votes.some(({ by }) => by === seat.no);
  return mayVote ? [{ act: "cmt.electChair", title: { zh: "推举主任委员", en: "Elect the chair" }, dueAt: null, rules: ["CON-049"] }] : [];
}
