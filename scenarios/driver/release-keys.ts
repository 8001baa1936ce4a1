/** An opening from the first key to its end: the firms' halves, the members' halves, read-out, confirmation. */
import { fromHex, hex } from "../../formats/bytes.ts";
import { makePartial, type SealHeader, unwrapKb } from "../../formats/seal/index.ts";
import type { Random } from "../../server/kernel/index.ts";
import type { StoryPerson } from "./story-person.ts";

export interface OpeningCast {
  lotId: string;
  /** Reads out. */
  host: StoryPerson;
  centre: StoryPerson;
  bidders: readonly StoryPerson[];
  /** In the order of the ceremony; the first two open. */
  members: readonly { person: StoryPerson; share: Uint8Array }[];
  random: Random;
}

/** Phase 1: every bidder decrypts. The keys are frozen when the window is over. */
export async function deliverEveryKey({ lotId, bidders }: OpeningCast): Promise<void> {
  for (const bidder of bidders) await deliverOwnKey(bidder, lotId);
}

/** Phase 2, after the window: two members open, nobody objects, the opening is closed. @param settle awaits that all bids are decrypted. */
export async function openEveryBid(
  { lotId, host, centre, bidders, members, random }: OpeningCast,
  settle: () => Promise<void>,
): Promise<void> {
  for (const [i, { person, share }] of members.slice(0, 2).entries())
    await postOwnPartials(person, lotId, { member: i + 1, share, random });
  await settle();
  await host.done("opn.readOut", lotId);
  for (const bidder of bidders) await bidder.done("opn.confirm", lotId, { withObjection: null });
  await centre.done("opn.close", lotId);
}

/** The firm unwraps Kb with its own key and posts it; nothing is readable yet. */
async function deliverOwnKey(person: StoryPerson, lotId: string): Promise<void> {
  const { live } = await person.get(`/lots/${lotId}/own-bid`);
  const { encSecret, nationalEncSecret } = person.keys;
  const kb = unwrapKb(live.header, fromHex(live.header.suite === 1 ? encSecret : nationalEncSecret));
  if (!kb) throw new Error("the firm's key does not open its own bid");
  await person.done("bid.deliverKey", lotId, { bidDigest: live.bidDigest, kb: hex(kb), via: "bidder" });
}

/** A member's own share, for every bid whose key was delivered. */
async function postOwnPartials(
  person: StoryPerson,
  lotId: string,
  own: { member: number; share: Uint8Array; random: Random },
): Promise<void> {
  const board = await person.get(`/lots/${lotId}/opening`);
  const released = board.bids.filter((row: { header: unknown }) => row.header);
  const partials = released.map((row: { header: SealHeader; bidDigest: string }) =>
    makePartial(row, own, (length) => own.random.bytes(length)),
  );
  await person.done("opn.postPartial", lotId, { partials });
}
