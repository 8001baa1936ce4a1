/** bid.withdraw: before the deadline a bidder takes its bid back, without loss (撤回, 招标投标法 第二十九条). Afterwards it can only revoke (撤销). */
import { Type } from "@sinclair/typebox";
import { instantText, next, type Refusal, refuse } from "../../kernel/index.ts";
import { act, appendSealed, effectiveAt } from "../transaction/index.ts";
import { bidStates } from "./bid.states.ts";
import { isOvertaken, liveAct, stateOfChain, withdrawAct } from "./bid.ts";
import { answerWithReceipt, lockParty, ownChain } from "./own-bid.ts";
import { revokeOnly } from "./rules/revoke-only.ts";
import { refusalOfTime } from "./seal-bid.ts";

export const withdrawBid = act({
  name: withdrawAct,
  title: { zh: "撤回投标文件", en: "Withdraw the bid" },
  who: ["bidder"],
  about: "lot",
  lock: "shared",
  sealed: true,
  rules: ["CON-038"],
  data: Type.Object({ bidDigest: Type.String({ pattern: "^[0-9a-f]{64}$", title: "投标文件摘要" }) }, { additionalProperties: false }),
  async decide(context, { bidDigest }) {
    const refusal = refusalOfTime(context, revokeOnly);
    if (refusal) return refusal;
    await lockParty(context);
    const { acts } = await ownChain(context);
    const live = liveAct(acts);
    if (
      !live ||
      live.bidDigest !== bidDigest ||
      isOvertaken(acts, context.now) ||
      next(bidStates, stateOfChain(acts), "withdraw") === undefined
    )
      return nothingToWithdraw();
    const deadline = instantText(effectiveAt(context.lot, "bidDeadline") as number);
    const { stream } = await appendSealed(context, withdrawAct, { version: live.version, bidDigest, deadline, submission: null });
    return { stream };
  },
  afterNumbered: answerWithReceipt,
});

function nothingToWithdraw(): Refusal {
  return refuse("bid.none", {
    message: "没有可以撤回的投标文件。",
    messageEn: "There is no such live bid.",
    whatToDo: "请查看最近一份回执。",
  });
}
