/** Chapter 5: the opening. Five bids are frozen, the coefficient is drawn, four open, one fails by its own fault, all is read out. */
import { fromHex, hex } from "../../formats/bytes.ts";
import { makePartial, type SealHeader, unwrapKb } from "../../formats/seal/index.ts";
import type { Random } from "../../server/kernel/index.ts";
import { commitAll, freezeDraw, revealAll } from "../driver/hold-draw.ts";
import type { StoryPerson } from "../driver/story-person.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { minutesAfter } from "../driver/times.ts";
import { cast } from "./prepare.ts";
import { milestone } from "./tender-package.ts";

/** 福建… 第三家: its certificate was renewed, and the old key is gone. */
const loser = cast.bidders[2];

export async function openBids(world: StoryWorld, lotId: string, random: Random): Promise<void> {
  await world.jumpTo(milestone("bidDeadline"));
  for (const bidder of cast.bidders) await world.as(bidder).done("opn.attend", lotId);
  await drawCoefficient(world, lotId, random);
  for (const bidder of cast.bidders) if (bidder !== loser) await deliverKey(world.as(bidder), lotId);
  await world.jumpTo(milestone("bidDeadline").replace("T01:00", "T01:30"));
  await judgeMissing(world, lotId);
  for (const member of [cast.buyer, cast.centreMember]) await postPartials(world, member, lotId, random);
  await world.jumpTo(minutesAfter(milestone("bidDeadline"), 34));
  await world.as(cast.agent).done("opn.readOut", lotId);
  for (const bidder of cast.bidders) if (bidder !== loser) await world.as(bidder).done("opn.confirm", lotId, { withObjection: null });
  await world.jumpTo(minutesAfter(milestone("bidDeadline"), 50));
  await world.as(cast.centre).done("opn.close", lotId);
}

/** Buyer, centre, supervisor and the attending bidders give shares; all are revealed before any key is frozen. */
async function drawCoefficient(world: StoryWorld, lotId: string, random: Random): Promise<void> {
  const start = milestone("bidDeadline");
  await world.jumpTo(minutesAfter(start, 2));
  const { drawId } = await world.as(cast.agent).done("drw.prepare", lotId, {
    purpose: "coefficient",
    commitBy: minutesAfter(start, 6),
    revealBy: minutesAfter(start, 12),
    way: "plain",
  });
  for (const bidder of cast.bidders) await world.as(bidder).done("drw.join", lotId, { drawId });
  const operator = world.as(cast.drawOperator);
  const plan = await freezeDraw(operator, lotId, drawId);
  const contributions = await commitAll(contributors(world), plan, { lotId, drawId, random });
  await world.jumpTo(minutesAfter(start, 6));
  await revealAll(contributions, { lotId, drawId });
  await operator.done("drw.publish", lotId, { drawId });
}

function contributors(world: StoryWorld): StoryPerson[] {
  return [cast.buyer, cast.centreMember, cast.centre, "person-105", cast.supervisor, "person-002", ...cast.bidders].map((key) =>
    world.as(key),
  );
}

/** Phase 1: the firm unwraps Kb with its own key and posts it; nothing is readable yet. */
async function deliverKey(person: StoryPerson, lotId: string): Promise<void> {
  const { live } = await person.get(`/lots/${lotId}/own-bid`);
  const kb = unwrapKb(live.header, fromHex(person.keys.encSecret));
  if (!kb) throw new Error("the firm's key does not open its own bid");
  await person.done("bid.deliverKey", lotId, { bidDigest: live.bidDigest, kb: hex(kb), via: "bidder" });
}

/** The window is over: centre and buyer find that the missing key is the bidder's own fault (CON-046). */
async function judgeMissing(world: StoryWorld, lotId: string): Promise<void> {
  const board = await world.as(cast.centre).get(`/lots/${lotId}/opening`);
  for (const bid of board.bids.filter((row: { keyAt: string | null }) => row.keyAt === null)) {
    for (const judge of [cast.centre, cast.agent])
      await world.as(judge).done("opn.judgeMissing", lotId, { bidDigest: bid.bidDigest, cause: "bidder" });
  }
}

/** Phase 2: a member's own share, for every bid whose key was delivered. */
async function postPartials(world: StoryWorld, key: string, lotId: string, random: Random): Promise<void> {
  const person = world.as(key);
  const [{ share, signKey }, { ceremony }, board] = await Promise.all([
    world.simulators.walletDoor(`persons/${person.personId}/ceremonies/${lotId}/share`),
    person.get(`/lots/${lotId}/ceremony`),
    person.get(`/lots/${lotId}/opening`),
  ]);
  const member = ceremony.members.findIndex((row: { signKey: string }) => row.signKey === signKey) + 1;
  const own = { member, share: fromHex(share as string) };
  const partials = board.bids
    .filter((row: { header: unknown }) => row.header)
    .map((row: { header: SealHeader; bidDigest: string }) => makePartial(row, own, (length) => random.bytes(length)));
  await person.done("opn.postPartial", lotId, { partials });
}
