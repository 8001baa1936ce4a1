/**
 * 投标人少于三个的，不得开标 (招标投标法 第二十八条, CON-044): the bids go back unopened, the cause stays on
 * record, and the lot takes the route of its procedure. Nobody's name is shown.
 */
import { completeStep, type DecidingLot, judge } from "../transaction/index.ts";
import { openingStream } from "./opening-stream.ts";
import { tooFew } from "./rules/too-few.ts";

interface Returned {
  bidDigest: string;
  partyId: string;
  organisation: string;
}

/** @param bidders how many count; @param bids what goes back. @returns true when the opening has failed. */
export async function failWhenTooFew(context: DecidingLot, bidders: number, bids: readonly Returned[]): Promise<boolean> {
  const { refusal } = judge(context, [tooFew], { bidders, excepted: context.lot.exceptions.has("CON-044") });
  if (!refusal) return false;
  const stream = openingStream(context.lot.id);
  await context.append(stream, "opn.failed", { cause: "tooFew", bids: bidders, required: refusal.data.required as number });
  for (const { bidDigest, partyId, organisation } of bids)
    await context.append(stream, "bid.returned", { bidDigest, partyId, organisation });
  await completeStep(context, "opening.open", "tooFew", stream);
  return true;
}
