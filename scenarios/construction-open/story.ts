/**
 * The first whole trade without hands: one open construction tender from the project to the sealed archive,
 * by signed acts of the city's people over HTTP. Five bids, one of which is replaced; one expert declines;
 * one bidder's key is gone; one objection is in vain. All dates are those of the city's first tender.
 */
import type { SeededRandom } from "../../server/kernel/index.ts";
import { organisationNamed } from "../city/city.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { closeArchive } from "./archive.ts";
import { awardContract } from "./award.ts";
import { sealBids, sealFirstBid } from "./bids.ts";
import { formCommittee, seatCommittee } from "./committee.ts";
import { giveDepositsBack, putUpDeposits } from "./deposits.ts";
import { evaluate } from "./evaluation.ts";
import { openBids } from "./opening.ts";
import { cast, enrolCity, publishTender } from "./prepare.ts";
import { askAndAmend } from "./questions.ts";

export interface StoryWish {
  world: StoryWorld;
  seed: number;
  random: SeededRandom;
  say: (words: string) => void;
}

const drawDay = at("2026-12-07", "14:00");

/** @returns the lot. */
export async function constructionOpen({ world, seed, random, say }: StoryWish): Promise<string> {
  const organisations = await enrolCity(world);
  say(`登记单位 ${organisations.size} 个`);
  const lotId = await publishTender(world, organisations);
  say("发布招标公告");
  await askAndAmend(world, lotId);
  say("答疑、澄清");
  await putUpDeposits(world, lotId, organisations);
  say("缴纳保证金、开立保函");
  const bids = random.fork("bids");
  await sealFirstBid(world, lotId, bids);
  await sealBids(world, lotId, { after: "", until: drawDay, random: bids });
  const drawn = await formCommittee(world, lotId, random.fork("experts"));
  say("抽取评标专家");
  await sealBids(world, lotId, { after: drawDay, until: at("2026-12-08", "09:00"), random: bids });
  say("密封递交五份投标文件");
  await openBids(world, lotId, random.fork("opening"));
  say("开标：解密四份，一份因投标人原因未解密");
  const committee = await seatCommittee(world, lotId, drawn);
  await evaluate(world, lotId, { ...committee, bidderOf, seed });
  say("评标报告");
  await awardContract(world, lotId, bidderOf);
  say("定标、签订合同");
  await giveDepositsBack(world, lotId);
  say("退还保证金");
  await closeArchive(world, lotId);
  say("归档");
  return lotId;
}

const bidderOf: ReadonlyMap<string, string> = new Map(cast.bidders.map((person, i) => [organisationNamed(`firm-0${i + 1}`).name, person]));
