/**
 * `draw-beacon` (decisions §4): the coefficient is drawn with the public beacon. The plan names a round of drand
 * quicknet before it exists; nobody reaches a relay that evening, and somebody brings the 48 bytes by hand.
 */
import { carryCode } from "../../formats/draw/index.ts";
import { cast } from "../construction-open/prepare.ts";
import { commitAll, freezeDraw, revealAll } from "../driver/hold-draw.ts";
import { at } from "../driver/times.ts";
import { type DrawStory, joinDraw, peopleOfDraw } from "./draw-story.ts";

/** Round 657413 of quicknet, published at 11:00:03Z: the first one at least a minute after 10:59:03Z. */
const stored = {
  round: 657413,
  at: "2023-09-15T11:00:03.000Z",
  signature: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
};
const commitBy = "2023-09-15T10:50:00.000Z";
const revealBy = "2023-09-15T10:59:03.000Z";

export const drawByBeacon: DrawStory = {
  name: "draw-beacon",
  start: at("2023-08-21"),
  days: { noticeOn: "2023-08-23", offerEndOn: "2023-08-30", questionEndOn: "2023-09-04", openingOn: "2023-09-15" },
  async draw(world, { lotId, bidders }, random) {
    await world.jumpTo(at("2023-09-15", "18:40"));
    const { drawId } = await world.as(cast.agent).done("drw.prepare", lotId, { purpose: "coefficient", commitBy, revealBy, way: "beacon" });
    await joinDraw(bidders, lotId, drawId);
    const operator = world.as(cast.drawOperator);
    const plan = await freezeDraw(operator, lotId, drawId);
    if (plan.beacon?.round !== stored.round) throw new Error(`the plan names round ${plan.beacon?.round}, not ${stored.round}`);
    const contributions = await commitAll(peopleOfDraw(world, bidders), plan, { lotId, drawId, random });
    await world.jumpTo(commitBy);
    await revealAll(contributions, { lotId, drawId });
    const carried = { code: carryCode(stored.round, stored.signature) };
    await world.jumpTo(revealBy);
    await world.as(cast.supervisor).refused("drw.carryBeacon", lotId, { drawId, carried, source: "手抄二维码" }, "beacon.not-yet");
    await world.jumpTo(stored.at);
    await world.as(cast.supervisor).done("drw.carryBeacon", lotId, { drawId, carried, source: "手抄二维码" });
    await operator.done("drw.publish", lotId, { drawId });
    return drawId;
  },
};
