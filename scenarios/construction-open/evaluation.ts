/** Chapter 6: the committee reviews, asks one bidder in writing, scores by sheets, computes, signs and reports. */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";

interface Item {
  id: string;
  min: string;
  max: string;
  step: string;
}

interface Room {
  items: Item[];
  bids: { bidDigest: string; bidderName: string }[];
  computed: { resultDigest: string } | null;
}

/** @param bidderOf the story's person of each bidder, by name of its firm. */
export async function evaluate(
  world: StoryWorld,
  lotId: string,
  committee: { keys: readonly string[]; chair: string; bidderOf: ReadonlyMap<string, string>; seed: number },
): Promise<void> {
  const { keys, chair } = committee;
  await world.as(chair).done("evl.begin", lotId);
  const { bids } = await roomOf(world, lotId, chair);
  await clarify(world, lotId, { ...committee, bid: bids[0] as Room["bids"][number] });
  for (const key of keys) {
    await world.as(key).done("evl.reject", lotId, {
      findings: bids.map(({ bidDigest }) => ({ bidDigest, finding: "conforms", ground: null, reason: null })),
    });
  }
  await world.as(chair).done("evl.concludeStep", lotId);
  await world.jumpTo(at("2026-12-09", "10:00"));
  for (const [seat, key] of keys.entries()) await submitSheet(world, lotId, { key, seat, seed: committee.seed });
  await world.as(chair).done("evl.compute", lotId);
  await world.jumpTo(at("2026-12-09", "15:00"));
  const { computed } = await roomOf(world, lotId, chair);
  for (const key of keys)
    await world.as(key).done("evl.signReport", lotId, { resultDigest: computed?.resultDigest, will: "agree", dissent: null });
  await world.jumpTo(at("2026-12-09", "16:00"));
  await world.as(chair).done("evl.report", lotId, { candidates: 3 });
}

/** 书面澄清: asked without leading, answered without changing substance. */
async function clarify(
  world: StoryWorld,
  lotId: string,
  { chair, bid, bidderOf }: { chair: string; bid: Room["bids"][number]; bidderOf: ReadonlyMap<string, string> },
): Promise<void> {
  const { no } = await world.as(chair).done("evl.askBidder", lotId, {
    bidDigest: bid.bidDigest,
    purpose: "ambiguous",
    text: "施工组织设计中管廊先行段的划分与进度计划的里程碑表述不一致，请说明各段的起止时间。",
    hours: 4,
  });
  const bidder = bidderOf.get(bid.bidderName);
  if (!bidder) throw new Error(`the story knows nobody of ${bid.bidderName}`);
  await world.as(bidder).done("evl.answerBidder", lotId, {
    no,
    text: "以进度计划为准：管廊先行段自开工之日起 150 日内完成主体结构。报价、工期、质量均不变。",
    changesSubstance: false,
    files: [],
  });
}

async function submitSheet(
  world: StoryWorld,
  lotId: string,
  { key, seat, seed }: { key: string; seat: number; seed: number },
): Promise<void> {
  const { items, bids } = await roomOf(world, lotId, key);
  const scores = bids.flatMap(({ bidDigest, bidderName }) =>
    items.map((item) => ({ bidDigest, item: item.id, score: scoreOf(item, `${seed}/${seat}/${bidderName}/${item.id}`) })),
  );
  await world.as(key).done("sht.save", lotId, { scores: scores.slice(0, 3) });
  await world.as(key).done("sht.submit", lotId, { scores });
}

/** A plausible score in the upper half of the range, on the declared step, from the seed alone. */
function scoreOf({ min, max, step }: Item, label: string): string {
  const steps = Math.round((Number(max) - Number(min)) / Number(step));
  const chance = Number.parseInt(hex(sha256(label)).slice(0, 6), 16) / 0xffffff;
  return String(Number(min) + Number(step) * Math.round(steps * (0.55 + 0.4 * chance)));
}

async function roomOf(world: StoryWorld, lotId: string, key: string): Promise<Room> {
  return world.as(key).get(`/lots/${lotId}/evaluation`);
}
