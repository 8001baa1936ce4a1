/** How an award falls away: the winner declines, the buyer revokes, a decision of the supervisor annuls. */

import { refuse } from "../../kernel/index.ts";
import { act, closed, type DecidingLot, text } from "../transaction/index.ts";
import { awardOn, standingDecision } from "./award.ts";
import { decisionOf, openDesk } from "./desk.ts";

export const declineAward = act({
  name: "awd.decline",
  title: { zh: "放弃中标", en: "Decline the award" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-072", "CON-031"],
  data: closed({ cause: text("放弃原因", 1000) }),
  async decide(context, { cause }) {
    const desk = await openDesk(context, "decline");
    if ("refused" in desk) return desk;
    const decision = decisionOf(desk.award);
    if (decision.organisation !== context.actor.organisationId) {
      return refuse("award.not-the-winner", { message: "您不是本标段的中标人。", messageEn: "You are not the winner of this lot." });
    }
    await context.append(desk.stream, "awd.declined", { organisation: decision.organisation, no: decision.no, cause });
    return {};
  },
});

export const revokeAward = act({
  name: "awd.revoke",
  title: { zh: "撤销中标决定", en: "Revoke the award" },
  who: ["buyer"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-072"],
  data: closed({ cause: text("撤销的法定情形与依据", 2000) }),
  async decide(context, { cause }) {
    const desk = await openDesk(context, "revoke");
    if ("refused" in desk) return desk;
    const { organisation, no } = decisionOf(desk.award);
    await context.append(desk.stream, "awd.revoked", { organisation, no, cause, by: "buyer" });
    return {};
  },
});

/** What a supervisor's decision does to an award: candidates are annulled before a decision, the decision is revoked after it. */
export async function annulAward(context: DecidingLot, cause: string): Promise<void> {
  const award = await awardOn(context.tx, context.lot);
  if (!award) return;
  if (award.state === "publicity" || award.state === "cleared")
    await context.append(award.stream, "awd.candidatesAnnulled", { cause, by: "supervisor" });
  const decision = standingDecision(award);
  if (decision)
    await context.append(award.stream, "awd.revoked", { organisation: decision.organisation, no: decision.no, cause, by: "supervisor" });
}

/** The contract with the winner is in force: the award has done its work. */
export async function concludeAward(context: DecidingLot): Promise<void> {
  const award = await awardOn(context.tx, context.lot);
  if (award?.state === "notified") await context.append(award.stream, "awd.concluded", {});
}
