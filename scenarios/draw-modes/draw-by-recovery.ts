/**
 * `draw-recovery` (decisions §4, mode 2): nobody reveals, so nobody can withhold. Shares are committed sealed to a key
 * that buyer, centre and supervisor made for this draw; after the commits two of the three open them together.
 */
import { type CommitPost, type DrawPlan, makePartial } from "../../formats/draw/index.ts";
import type { Random } from "../../server/kernel/index.ts";
import { cast } from "../construction-open/prepare.ts";
import { commitAll, freezeDraw } from "../driver/hold-draw.ts";
import { ceremonyPlan, makeCeremony, ownHands } from "../driver/make-ceremony.ts";
import type { StoryPerson } from "../driver/story-person.ts";
import { at } from "../driver/times.ts";
import { type DrawStory, joinDraw, peopleOfDraw } from "./draw-story.ts";

const day = "2026-11-23";
const commitBy = at(day, "18:46");
const revealBy = at(day, "18:52");

export const drawByRecovery: DrawStory = {
  name: "draw-recovery",
  start: at("2026-10-26"),
  days: { noticeOn: "2026-10-28", offerEndOn: "2026-11-04", questionEndOn: "2026-11-10", openingOn: day },
  async draw(world, { lotId, bidders }, random) {
    await world.jumpTo(at(day, "18:40"));
    const { drawId } = await world
      .as(cast.agent)
      .done("drw.prepare", lotId, { purpose: "coefficient", commitBy, revealBy, way: "recovery" });
    await joinDraw(bidders, lotId, drawId);
    const operator = world.as(cast.drawOperator);
    const members = [cast.buyer, cast.centreMember, cast.supervisor].map((key) => world.as(key));
    const { ceremony, shares } = makeCeremony(
      ceremonyPlan({ suite: 1, tenderId: "draw", lotId: drawId }, ownHands(members)),
      ownHands(members),
      random,
    );
    await operator.done("drw.setRecovery", lotId, { drawId, ceremony });
    const plan = await freezeDraw(operator, lotId, drawId);
    await commitAll(peopleOfDraw(world, bidders), plan, { lotId, drawId, random });
    await world.jumpTo(commitBy);
    for (const [i, member] of members.slice(0, 2).entries()) {
      await postPartials(member, plan, { lotId, member: i + 1, share: shares[i] as Uint8Array, random });
    }
    await operator.done("drw.publish", lotId, { drawId });
    return drawId;
  },
};

/** A member's proof for every commit, as the hall shows them. */
async function postPartials(
  person: StoryPerson,
  plan: DrawPlan,
  own: { lotId: string; member: number; share: Uint8Array; random: Random },
): Promise<void> {
  const { drawId } = plan;
  const { commits } = (await person.get(`/draws/${drawId}`)) as { commits: CommitPost[] };
  const partials = commits.map((commit) => {
    const { member: _, ...partial } = makePartial({ plan, commit, member: own.member, share: own.share, nonce: own.random.bytes(32) });
    return partial;
  });
  await person.done("drw.postPartials", own.lotId, { drawId, partials });
}
