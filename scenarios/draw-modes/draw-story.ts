/** What the two stories of draw modes have in common: who takes part, and how a story becomes a package that verifies. */
import { join } from "node:path";
import { paperPorts } from "../../server/app/stages.ts";
import { exportPackage, type Level } from "../../server/evidence/index.ts";
import { type SeededRandom, seededRandom } from "../../server/kernel/index.ts";
import { writePapers } from "../../server/trade/archive/index.ts";
import { founderWish } from "../city/city.ts";
import { cast } from "../construction-open/prepare.ts";
import { openOwnPlatform } from "../driver/own-platform.ts";
import { deliverEveryKey, openEveryBid } from "../driver/release-keys.ts";
import type { StoryPerson } from "../driver/story-person.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { type LotAtOpening, type LotDays, lotAtOpening, windowEnd } from "./lot-at-opening.ts";

export interface DrawStory {
  name: string;
  /** First instant of trade time. */
  start: string;
  days: LotDays;
  /** Holds the draw to its publication. @returns its id. */
  draw: (world: StoryWorld, lot: LotAtOpening, random: SeededRandom) => Promise<string>;
}

export interface DrawStoryWish {
  seed: number;
  level: Level;
  /** Where the package goes: an empty or missing folder. */
  out: string;
  home: string;
  say: (words: string) => void;
}

/** @returns what was drawn, e.g. `{K: "4.0%"}`. */
export async function runDrawStory(story: DrawStory, { seed, level, out, home, say }: DrawStoryWish): Promise<Record<string, string>> {
  const random = seededRandom(seed, story.name);
  const own = await openOwnPlatform({ name: story.name, seed, start: story.start, home, founder: founderWish });
  try {
    const lot = await lotAtOpening(own.world, story.days, random);
    say("three sealed bids, opening begun");
    const drawId = await story.draw(own.world, lot, random.fork("draw"));
    say("coefficient drawn");
    await deliverEveryKey(lot.opening);
    await own.world.jumpTo(at(story.days.openingOn, windowEnd));
    await openEveryBid(lot.opening, () => own.world.settle());
    say("bids opened and read out");
    const { pool, platform } = own.platform.house;
    const wish = { pool, platform, lotId: lot.lotId, level };
    await exportPackage({
      ...wish,
      folder: out,
      writePapers: async (folder) => void (await writePapers({ ...wish, folder: join(folder, "documents"), ports: paperPorts })),
    });
    const { result } = await own.world.as(cast.centre).get(`/draws/${drawId}`);
    return Object.fromEntries(result.coefficients.map(({ id, value }: { id: string; value: string }) => [id, value]));
  } finally {
    await own.close();
  }
}

export async function joinDraw(bidders: readonly StoryPerson[], lotId: string, drawId: string): Promise<void> {
  for (const bidder of bidders) await bidder.done("drw.join", lotId, { drawId });
}

/** Everybody who may turn out to be a contributor of the plan. */
export function peopleOfDraw(world: StoryWorld, bidders: readonly StoryPerson[]): StoryPerson[] {
  const hosts = [cast.buyer, cast.representative, cast.centre, cast.centreMember, "person-105", cast.supervisor];
  return [...hosts.map((key) => world.as(key)), ...bidders];
}
