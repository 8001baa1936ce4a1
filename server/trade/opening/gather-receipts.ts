/**
 * The receipts of all chains, once every act is numbered: they become part of the opening record. A
 * reaction and not part of the beginning, because positions exist only after the commit.
 */
import { placesOf, type Queryable } from "../../record/index.ts";
import { type BidAct, receiptsOf } from "../bidding/index.ts";
import { type DecidingLot, lotOfStream, type Reaction } from "../transaction/index.ts";
import { getOpening, openingStream } from "./opening-stream.ts";

export const gatherReceipts: Reaction = {
  name: "opening.gather-receipts",
  on: ["opn.frozen"],
  lotOf: async ({ stream }) => lotOfStream(stream),
  async react(context) {
    const opening = await getOpening(context);
    const receipts = async (chain: { partyId: string; acts: readonly BidAct[] }) =>
      receiptsOf({ ...context, suite: opening.ceremony.suite, partyId: chain.partyId, acts: await placed(context.tx, chain.acts) });
    const bids: Record<string, unknown> = {};
    for (const bid of opening.bids.values()) bids[bid.bidDigest] = await receipts(bid);
    const withdrawn: Record<string, unknown> = {};
    for (const chain of opening.withdrawn) withdrawn[chain.partyId] = await receipts(chain);
    await append(context, { bids, withdrawn });
  },
};

async function append(context: DecidingLot, data: Record<string, unknown>): Promise<void> {
  await context.append(openingStream(context.lot.id), "opn.receiptsGathered", data as never);
}

async function placed(db: Queryable, acts: readonly BidAct[]): Promise<BidAct[]> {
  const found: BidAct[] = [];
  for (const act of acts) found.push({ ...act, position: (await placesOf(db, act.stream)).get(1)?.seq ?? null });
  return found;
}
