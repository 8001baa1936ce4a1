/** opn.attend: a bidder signs in at the opening (签到). Only those whose bids are frozen sign in; everybody may look on. */
import { Type } from "@sinclair/typebox";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act } from "../transaction/index.ts";
import type { BidAtOpening, Opening } from "./opening.ts";
import { openingFor, openingStream } from "./opening-stream.ts";

export const attend = act({
  name: "opn.attend",
  title: { zh: "开标签到", en: "Sign in at the opening" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  data: Type.Object({}, { additionalProperties: false }),
  async decide(context) {
    const opening = await openingFor(context, "attend");
    if (isRefusal(opening)) return opening;
    const bid = bidOf(opening, context);
    if (isRefusal(bid)) return bid;
    const { bidDigest, partyId, name, attendedAt } = bid;
    if (attendedAt === null) await context.append(openingStream(context.lot.id), "opn.attended", { bidDigest, partyId, name });
    return { bidDigest };
  },
});

/** The acting organisation's own bid. */
export function bidOf(opening: Opening, { actor }: Pick<ActContext, "actor">): BidAtOpening | Refusal {
  const bid = [...opening.bids.values()].find(({ organisation }) => organisation === actor.organisationId);
  return (
    bid ??
    refuse("opening.no-bid", {
      message: "贵单位在本标段没有有效的投标文件。",
      messageEn: "Your organisation has no live bid in this lot.",
      whatToDo: "您可以旁观开标。",
    })
  );
}
