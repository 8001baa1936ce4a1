/**
 * `construction-open-families` (decisions §5, §7): one login and one law for certificates of every family. Four bidders —
 * P-256, RSA, SM2 and a passkey — bid in two lots, one of each suite of seal-v1; each lot becomes a package of its own.
 */
import { join } from "node:path";
import type { SignatureFamily } from "../../formats/act-signature.ts";
import type { SuiteId } from "../../formats/seal/index.ts";
import { paperPorts } from "../../server/app/stages.ts";
import { exportPackage, type Level } from "../../server/evidence/index.ts";
import { type SeededRandom, seededRandom } from "../../server/kernel/index.ts";
import { writePapers } from "../../server/trade/archive/index.ts";
import { enrolmentWish, founderWish } from "../city/city.ts";
import { cast, enrolCity } from "../construction-open/prepare.ts";
import { joinDraw, peopleOfDraw } from "../draw-modes/draw-story.ts";
import { type LotDays, lotOf, windowEnd } from "../draw-modes/lot-at-opening.ts";
import { commitAll, freezeDraw, revealAll } from "../driver/hold-draw.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";
import { deliverEveryKey, openEveryBid } from "../driver/release-keys.ts";
import type { StoryPerson } from "../driver/story-person.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";

export interface FamiliesWish {
  seed: number;
  level: Level;
  /** Where the packages go: an empty or missing folder, or nowhere. */
  out?: string;
  home: string;
  say: (words: string) => void;
}

/** Who bids with what. */
export const biddersByFamily: Readonly<Record<string, { firm: string; family: SignatureFamily }>> = {
  "person-030": { firm: "firm-01", family: "p256" },
  "person-032": { firm: "firm-02", family: "rsa" },
  "person-034": { firm: "firm-03", family: "sm2" },
  "person-036": { firm: "firm-04", family: "passkey" },
};

/** One lot after the other: the second notice comes when the first lot is opened. */
const daysOf: Readonly<Record<SuiteId, LotDays>> = {
  1: { noticeOn: "2026-09-28", offerEndOn: "2026-10-12", questionEndOn: "2026-10-14", openingOn: "2026-10-23" },
  2: { noticeOn: "2026-10-28", offerEndOn: "2026-11-04", questionEndOn: "2026-11-10", openingOn: "2026-11-23" },
};

/** @returns how many bids were opened in each lot. */
export async function runFamilies({ seed, level, out, home, say }: FamiliesWish): Promise<Record<SuiteId, number>> {
  const random = seededRandom(seed, "construction-open-families");
  const own = await openOwnPlatform({ name: "families", seed, start: at("2026-09-26"), home, founder: founderWish });
  try {
    const organisations = await enrolCity(own.world, ["centre-01", "authority-01", "buyer-01", "agent-01"]);
    for (const firm of Object.values(biddersByFamily)) await enrolBidder(own, firm);
    say("four firms enrolled: P-256, RSA, SM2, passkey");
    const opened = { 1: 0, 2: 0 };
    for (const suite of [1, 2] as const) {
      const lotId = await openLot(own, { suite, organisations }, random.fork(`suite ${suite}`));
      const { bids } = (await own.world.as("person-030").get(`/lots/${lotId}/opening`)) as { bids: { status: string }[] };
      opened[suite] = bids.filter(({ status }) => status === "opened").length;
      say(`lot of suite ${suite}: ${opened[suite]} of ${bids.length} bids opened`);
      if (out !== undefined) await writePackage(own, { lotId, level, folder: join(out, `suite-${suite}`) });
    }
    return opened;
  } finally {
    await own.close();
  }
}

async function enrolBidder({ world }: OwnPlatform, { firm, family }: { firm: string; family: SignatureFamily }): Promise<void> {
  const wish = enrolmentWish(firm, (noun) => world.newId(noun));
  const people = wish.people.map((person) => (biddersByFamily[person.key] ? { ...person, family } : person));
  await world.enrol({ ...wish, people });
}

async function openLot(
  { world }: OwnPlatform,
  wish: { suite: SuiteId; organisations: ReadonlyMap<string, string> },
  random: SeededRandom,
): Promise<string> {
  const days = daysOf[wish.suite];
  const { opening, lotId, bidders } = await lotOf(world, { ...wish, days, bidders: Object.keys(biddersByFamily) }, random);
  await drawCoefficient(world, { lotId, day: days.openingOn, bidders }, random);
  await deliverEveryKey(opening);
  await world.jumpTo(at(days.openingOn, windowEnd));
  await openEveryBid(opening, () => world.settle());
  return lotId;
}

/** 系数在能够知悉报价之前抽定: no key is frozen before it. */
async function drawCoefficient(
  world: StoryWorld,
  { lotId, day, bidders }: { lotId: string; day: string; bidders: readonly StoryPerson[] },
  random: SeededRandom,
): Promise<void> {
  await world.jumpTo(at(day, "18:40"));
  const limits = { commitBy: at(day, "18:46"), revealBy: at(day, "18:52") };
  const { drawId } = await world.as(cast.agent).done("drw.prepare", lotId, { purpose: "coefficient", ...limits, way: "plain" });
  await joinDraw(bidders, lotId, drawId);
  const operator = world.as(cast.drawOperator);
  const plan = await freezeDraw(operator, lotId, drawId);
  const contributions = await commitAll(peopleOfDraw(world, bidders), plan, { lotId, drawId, random });
  await world.jumpTo(limits.commitBy);
  await revealAll(contributions, { lotId, drawId });
  await operator.done("drw.publish", lotId, { drawId });
}

async function writePackage(own: OwnPlatform, wish: { lotId: string; level: Level; folder: string }): Promise<void> {
  const { pool, platform } = own.platform.house;
  const place = { pool, platform, lotId: wish.lotId, level: wish.level };
  await exportPackage({
    ...place,
    folder: wish.folder,
    // The lot's own part of the record of the house: a package of suite 2 begins with its lot.
    fromFirstEvent: true,
    writePapers: async (folder) => void (await writePapers({ ...place, folder: join(folder, "documents"), ports: paperPorts })),
  });
}
