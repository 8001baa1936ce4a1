/** Chapter 2: every bid of the file is sealed and handed in, in the order of the file. */
import { sealAndSubmit } from "../driver/seal-bid.ts";
import type { Replay } from "./replay.ts";
import { bidFilesOf } from "./tender-terms.ts";

export async function sealBids({ world, tender, lotId, random }: Replay): Promise<void> {
  for (const bid of tender.bids) await sealAndSubmit(world.as(bid.party), lotId, bidFilesOf(bid), random.fork(`bid/${bid.party}`));
}
