/** Chapter 4: the deadline. Firms release their halves, two members theirs; all is read out, confirmed and closed. */
import { deliverEveryKey, type OpeningCast, openEveryBid } from "../driver/release-keys.ts";
import { agent, centre, members } from "./cast.ts";
import type { Replay } from "./replay.ts";

export async function deliverKeys(replay: Replay): Promise<void> {
  const { world, lotId } = replay;
  const { state } = await world.as(centre).get(`/lots/${lotId}`);
  // Fewer than three bidders: nothing is opened and the lot fails (招标投标法 第二十八条).
  replay.failed = state === "failed";
  if (replay.failed) return;
  const opening = castOf(replay);
  for (const bidder of opening.bidders) await bidder.done("opn.attend", lotId);
  await deliverEveryKey(opening);
}

export async function openBids(replay: Replay): Promise<void> {
  await openEveryBid(castOf(replay), () => replay.world.settle());
}

function castOf({ world, lotId, tender, shares, random }: Replay): OpeningCast {
  return {
    lotId,
    host: world.as(agent),
    centre: world.as(centre),
    bidders: tender.bids.map(({ party }) => world.as(party)),
    members: members.map((key, i) => ({ person: world.as(key), share: shares[i] as Uint8Array })),
    random: random.fork("partials"),
  };
}
