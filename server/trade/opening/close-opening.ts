/** opn.close: the centre closes the opening; the digest of the opening record goes into the trading record. */
import { Type } from "@sinclair/typebox";
import { hex } from "../../../formats/bytes.ts";
import { jcs, sha256 } from "../../../formats/jcs.ts";
import { instantText, isRefusal, type Refusal, refuse } from "../../kernel/index.ts";
import { type ActContext, act, completeStep, effectiveAt, judge } from "../transaction/index.ts";
import type { Opening } from "./opening.ts";
import { openingFor, openingStream } from "./opening-stream.ts";
import { recordOf } from "./record.ts";
import { answeredOnTheSpot } from "./rules/on-the-spot.ts";

export const closeOpening = act({
  name: "opn.close",
  title: { zh: "结束开标", en: "Close the opening" },
  who: ["centre"],
  about: "lot",
  lock: "exclusive",
  step: "opening.open",
  rules: ["CON-047", "CON-048"],
  data: Type.Object({}, { additionalProperties: false }),
  async decide(context) {
    const opening = await openingFor(context, "close");
    if (isRefusal(opening)) return opening;
    const refusal = refusalOfSilence(context, opening) ?? judge(context, [answeredOnTheSpot], { unanswered: unanswered(opening) }).refusal;
    if (refusal) return refusal;
    const recordSha256 = hex(sha256(jcs(await recordOf(context.tx, opening))));
    const stream = openingStream(context.lot.id);
    await context.append(stream, "opn.closed", { recordSha256 });
    await completeStep(context, "opening.open", "opened", stream);
    return { recordSha256 };
  },
});

/** Everybody whose bid was opened has confirmed, or the time for it is over: silence is no objection. */
function refusalOfSilence({ lot, now }: ActContext, opening: Opening): Refusal | undefined {
  const silent = [...opening.bids.values()].filter(({ status, confirmed }) => status === "opened" && confirmed === null);
  const end = effectiveAt(lot, "confirmEnd");
  if (silent.length === 0 || end === undefined || now >= end) return undefined;
  return refuse("opening.confirmation-open", {
    message: `还有 ${silent.length} 个投标人没有确认；${instantText(end)} 之后视为没有异议。`,
    messageEn: `${silent.length} bidders have not confirmed; silence counts from ${instantText(end)}.`,
    data: { silent: silent.map(({ name }) => name), confirmEnd: instantText(end) },
    whatToDo: "请等待投标人确认，或到确认时限后再结束。",
  });
}

function unanswered({ bids }: Opening): string[] {
  return [...bids.values()].filter(({ confirmed }) => confirmed?.objection && !confirmed.answer).map(({ bidDigest }) => bidDigest);
}
