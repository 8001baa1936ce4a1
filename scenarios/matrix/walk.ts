/** Walks the first whole trade and stops at each stage for somebody to look. The acts are those of the story. */
import type { SeededRandom } from "../../server/kernel/index.ts";
import { organisationNamed } from "../city/city.ts";
import { awardContract } from "../construction-open/award.ts";
import { sealBids, sealFirstBid } from "../construction-open/bids.ts";
import { formCommittee, seatCommittee } from "../construction-open/committee.ts";
import { putUpDeposits } from "../construction-open/deposits.ts";
import { evaluate } from "../construction-open/evaluation.ts";
import { openBids } from "../construction-open/opening.ts";
import { cast, publishTender } from "../construction-open/prepare.ts";
import { askAndAmend } from "../construction-open/questions.ts";
import { milestone } from "../construction-open/tender-package.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import type { Readers } from "./readers.ts";

/** As roles.md §2 names the columns, with the moment in which the report stands but nothing is published. */
export const stages = ["draft", "tendering", "opening", "evaluation", "reported", "publicity", "result"] as const;
export type Stage = (typeof stages)[number];

export type Look = (stage: Stage, lotId: string, readers: Readers) => Promise<void>;

export async function walk(
  world: StoryWorld,
  start: { organisations: ReadonlyMap<string, string>; readers: Readers },
  random: SeededRandom,
  look: Look,
): Promise<void> {
  const { organisations } = start;
  const lotId = await publishTender(world, organisations, (drafted) => look("draft", drafted, start.readers));
  await askAndAmend(world, lotId);
  await putUpDeposits(world, lotId, organisations);
  const drawDay = at("2026-12-07", "14:00");
  await sealFirstBid(world, lotId, random);
  await sealBids(world, lotId, { after: "", until: drawDay, random });
  const drawn = await formCommittee(world, lotId, random.fork("experts"));
  await sealBids(world, lotId, { after: drawDay, until: at("2026-12-08", "09:00"), random });
  const readers = { ...start.readers, expert: drawn[0] as string };
  await look("tendering", lotId, readers);
  await world.jumpTo(milestone("bidDeadline"));
  await look("opening", lotId, readers);
  await openBids(world, lotId, random.fork("opening"));
  const committee = await seatCommittee(world, lotId, drawn);
  await look("evaluation", lotId, readers);
  await evaluate(world, lotId, { ...committee, bidderOf, seed: 1 });
  await look("reported", lotId, readers);
  await awardContract(world, lotId, bidderOf, () => look("publicity", lotId, readers));
  await look("result", lotId, readers);
}

const bidderOf: ReadonlyMap<string, string> = new Map(cast.bidders.map((person, i) => [organisationNamed(`firm-0${i + 1}`).name, person]));
