/**
 * Chapter 5: the committee checks every price against the declared limits, scores nothing (the method has no sheet
 * items), computes, signs and reports. Where fewer than three bids are left, its members find that there was competition.
 */
import type { StoryWorld } from "../driver/story-world.ts";
import type { Replay } from "./replay.ts";
import { priceOutsideLimits } from "./tender-terms.ts";

interface Room {
  bids: { bidDigest: string; bidderName: string }[];
  computed: { resultDigest: string } | null;
}

export async function evaluate(replay: Replay): Promise<void> {
  const { world, lotId, committee, tender } = replay;
  const chair = world.as(committee[0] as string);
  await seat(world, lotId, committee);
  await chair.done("evl.begin", lotId);
  const { bids } = await roomOf(replay);
  const findings = bids.map(({ bidDigest, bidderName }) => findingOf(replay, bidderName, bidDigest));
  for (const key of committee) await world.as(key).done("evl.reject", lotId, { findings });
  const left = findings.filter(({ finding }) => finding === "conforms").length;
  if (left > 0 && left < 3) {
    for (const key of committee)
      await world.as(key).done("evl.judgeCompetition", lotId, { lacks: false, reason: `${tender.bids.length} 家投标，报价充分竞争。` });
  }
  await chair.done("evl.concludeStep", lotId);
  replay.failed = left === 0;
  if (replay.failed) return;
  for (const key of committee) await world.as(key).done("sht.submit", lotId, { scores: [] });
  await chair.done("evl.compute", lotId);
  const { computed } = await roomOf(replay);
  for (const key of committee)
    await world.as(key).done("evl.signReport", lotId, { resultDigest: computed?.resultDigest, will: "agree", dissent: null });
  await chair.done("evl.report", lotId, { candidates: 3 });
}

/** Everybody checks in, and the members elect the first of them. */
async function seat(world: StoryWorld, lotId: string, committee: readonly string[]): Promise<void> {
  for (const key of committee) await world.as(key).done("cmt.checkIn", lotId);
  const { items } = await world.as(committee[0] as string).get(`/lots/${lotId}/committee/seats`);
  const { no } = items.find((row: { mine: boolean }) => row.mine);
  for (const key of committee) if ((await world.as(key).done("cmt.electChair", lotId, { seat: no })).elected) return;
}

function findingOf({ tender: { bids, ceilingFen, floorFen } }: Replay, name: string, bidDigest: string) {
  const price = BigInt(bids.find(({ party }) => party === name)?.priceFen ?? "0");
  const isOutside = (ceilingFen !== null && price > BigInt(ceilingFen)) || (floorFen !== null && price < BigInt(floorFen));
  return isOutside
    ? { bidDigest, finding: "reject", ground: priceOutsideLimits, reason: "投标报价超出招标文件公布的限价范围。" }
    : { bidDigest, finding: "conforms", ground: null, reason: null };
}

function roomOf({ world, lotId, committee }: Replay): Promise<Room> {
  return world.as(committee[0] as string).get(`/lots/${lotId}/evaluation`);
}
