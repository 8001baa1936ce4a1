/** `ent.notifyHolder`: the owner records that the holder of a priority right was told, in time before the auction (AST-008). */
import { act, closed, completeStep, effectiveAt, judge, text } from "../transaction/index.ts";
import { entryStream } from "./registration.ts";
import { holderIsTold } from "./rules/holder-is-told.ts";

export const notifyHolder = act({
  name: "ent.notifyHolder",
  title: { zh: "通知优先权人", en: "Tell the holder of a right" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "entry.notifyHolders",
  rules: ["AST-008"],
  data: closed({ right: text("优先权", 100), how: text("通知方式", 200) }),
  async decide(context, { right, how }) {
    const { lot, now } = context;
    const auctionStart = effectiveAt(lot, "auctionStart");
    if (auctionStart === undefined) throw new Error(`${lot.id} has no beginning of its auction`);
    const { refusal, decisions } = judge(context, [holderIsTold], { sentAt: now, auctionStart });
    if (refusal) return refusal;
    const stream = `${entryStream(lot)}.holders`;
    await context.append(stream, "ent.holderNotified", { lotId: lot.id, right, how, decisions });
    await completeStep(context, "entry.notifyHolders", "notified", stream);
    return {};
  },
});
