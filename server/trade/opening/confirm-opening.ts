/**
 * opn.confirm and opn.answerObjection: bidders confirm the record of the opening, with or without an
 * objection, and the buyer answers each objection at once (招标投标法实施条例 第四十四条). Silence is no objection.
 */
import { Type } from "@sinclair/typebox";
import { isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, judge } from "../transaction/index.ts";
import { bidOf } from "./attend.ts";
import { openingFor, openingOf, openingStream } from "./opening-stream.ts";
import { onTheSpot } from "./rules/on-the-spot.ts";

export const confirmOpening = act({
  name: "opn.confirm",
  title: { zh: "确认开标记录", en: "Confirm the opening" },
  who: ["bidder"],
  about: "lot",
  lock: "exclusive",
  rules: ["CON-048"],
  data: Type.Object(
    { withObjection: Type.Union([Type.String({ minLength: 4, maxLength: 2000 }), Type.Null()], { title: "当场异议（没有异议留空）" }) },
    { additionalProperties: false },
  ),
  async decide(context, { withObjection }) {
    const spot = await refusalOffTheSpot(context);
    if (spot) return spot;
    const opening = await openingFor(context, "confirm");
    if (isRefusal(opening)) return opening;
    const bid = bidOf(opening, context);
    if (isRefusal(bid)) return bid;
    if (bid.confirmed) return confirmedBefore(bid.bidDigest);
    const { bidDigest, partyId, name } = bid;
    await context.append(openingStream(context.lot.id), "opn.confirmed", { bidDigest, partyId, name, objection: withObjection });
    return { bidDigest };
  },
});

export const answerObjection = act({
  name: "opn.answerObjection",
  title: { zh: "当场答复异议", en: "Answer an objection on the spot" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "opening.open",
  rules: ["CON-048"],
  data: Type.Object(
    {
      bidDigest: Type.String({ pattern: "^[0-9a-f]{64}$", title: "提出异议的投标" }),
      answer: Type.String({ minLength: 2, maxLength: 2000, title: "答复" }),
    },
    { additionalProperties: false },
  ),
  async decide(context, { bidDigest, answer }) {
    const opening = await openingFor(context, "answerObjection");
    if (isRefusal(opening)) return opening;
    const confirmed = opening.bids.get(bidDigest)?.confirmed;
    if (!confirmed?.objection || confirmed.answer) return nothingToAnswer(bidDigest);
    await context.append(openingStream(context.lot.id), "opn.objectionAnswered", { bidDigest, answer });
    return { bidDigest };
  },
});

async function refusalOffTheSpot(context: ActContext): Promise<Refusal | undefined> {
  const opening = await openingOf(context.tx, context.lot.id);
  return judge(context, [onTheSpot], { onTheSpot: opening?.state === "confirming" }).refusal;
}

function confirmedBefore(bidDigest: string): Refusal {
  return refuse("opening.confirmed-before", {
    message: "贵单位已经确认过开标记录。",
    messageEn: "You have confirmed before.",
    data: { bidDigest },
  });
}

function nothingToAnswer(bidDigest: string): Refusal {
  return refuse("opening.nothing-to-answer", {
    message: "没有待答复的异议。",
    messageEn: "There is no objection to answer.",
    data: { bidDigest },
  });
}
