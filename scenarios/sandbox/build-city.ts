/** Builds the sandbox city up to its first sight, 2026-11-23 09:47 in Shanghai, by running commands in the order of time. */
import { cityOrganisations } from "../city/city.ts";
import { enrolCity, publishTender } from "../construction-open/prepare.ts";
import { askAndAmend } from "../construction-open/questions.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";

/** @param say is told of each step, for the terminal. */
export async function buildCity(world: StoryWorld, say: (words: string) => void): Promise<void> {
  const ids = cityOrganisations.map(({ id }) => id).filter((id) => id !== "authority-07");
  const organisations = await enrolCity(world, ids);
  say(`登记单位 ${organisations.size} 个`);
  await world.jumpTo(at("2026-11-02", "09:00"));
  const lotId = await publishTender(world, organisations);
  say("发布首个施工标段的招标公告");
  await askAndAmend(world, lotId);
  say("答疑并发出第 1 号澄清");
  await world.jumpTo(at("2026-11-23", "09:47"));
  await world.setTempo(1);
}
