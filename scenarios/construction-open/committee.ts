/**
 * Chapter 4: experts are drawn the day before, in three strata; one declines and the next in the drawn order
 * takes the seat. Nobody learns who they are. On the day they check in and elect a chair.
 */
import type { Random } from "../../server/kernel/index.ts";
import { calledExperts, enrolExpert, expertKey } from "../driver/called-experts.ts";
import { commitAll, freezeDraw, revealAll } from "../driver/hold-draw.ts";
import { StoryStopped } from "../driver/story-person.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at, minutesAfter } from "../driver/times.ts";
import { cast } from "./prepare.ts";
import { milestone, terms } from "./tender-package.ts";

const expertSeats = terms.committee.size - terms.committee.buyerRepresentatives;

/** @returns keys of the story's people who sit on the committee. */
export async function formCommittee(world: StoryWorld, lotId: string, random: Random): Promise<string[]> {
  const start = milestone("expertDraw");
  await world.jumpTo(minutesAfter(start, -20));
  const { drawId } = await world.as(cast.agent).done("cmt.request", lotId, {
    strata: Object.entries(terms.committee.specialities).map(([speciality, quota]) => ({ id: speciality, speciality, quota })),
    representatives: terms.committee.buyerRepresentatives,
    regions: terms.committee.regions,
    avoidUnits: [],
    windowStartAt: at("2026-12-08", "14:00"),
    windowEndAt: at("2026-12-09", "18:00"),
    commitBy: start,
    revealBy: minutesAfter(start, 10),
    way: "plain",
  });
  const operator = world.as(cast.drawOperator);
  await world.until(async () => (await operator.get(`/draws/${drawId}`)).plan !== null, "the pool's list did not come");
  const plan = await freezeDraw(operator, lotId, drawId);
  const people = [cast.buyer, "person-002", cast.centre, cast.centreMember, "person-105", cast.supervisor].map((key) => world.as(key));
  const contributions = await commitAll(people, plan, { lotId, drawId, random });
  await world.jumpTo(start);
  await revealAll(contributions, { lotId, drawId });
  await world.simulators.drive("pool", "intend", { byCall: { "2": "declined" }, otherwise: "accepted" });
  await operator.done("drw.publish", lotId, { drawId });
  const keys = await seatExperts(world, lotId, { known: [], seats: expertSeats });
  const representative = world.as(cast.representative);
  await world.as(cast.buyer).done("cmt.nameRepresentative", lotId, { personId: representative.personId });
  return [...keys, cast.representative];
}

/** Experts who accepted their call get an account and confirm in the platform that they are fit and free. @param known keys that are seated already. */
async function seatExperts(
  world: StoryWorld,
  lotId: string,
  { known, seats }: { known: readonly string[]; seats: number },
): Promise<string[]> {
  const seated: string[] = [];
  const tried = new Set(known);
  for (let round = 0; round < 40 && seated.length < seats; round++) {
    await world.settle();
    for (const expert of await calledExperts(world)) {
      const key = expertKey(expert);
      if (tried.has(key)) continue;
      tried.add(key);
      await enrolExpert(world, expert);
      const { status } = await world.as(key).act("cmt.accept", lotId, { yearsInField: 12, noInterest: true });
      if (status === 200) seated.push(key);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (seated.length < seats) throw new Error(`only ${seated.length} of ${seats} experts took their seats`);
  return seated;
}

export interface SeatedCommittee {
  keys: readonly string[];
  chair: string;
}

/**
 * On the day the names of the bidders are known: who is related has lost the seat by the recheck (and the next in
 * the drawn order was called), everybody else checks in, and the members elect a chair.
 */
export async function seatCommittee(world: StoryWorld, lotId: string, drawn: readonly string[]): Promise<SeatedCommittee> {
  await world.jumpTo(at("2026-12-08", "14:00"));
  const present: string[] = [];
  for (const key of drawn) {
    const { status, body } = await world.as(key).act("cmt.checkIn", lotId, {});
    if (status === 200) present.push(key);
    else if (body.code !== "committee.no-seat") throw new StoryStopped("cmt.checkIn", body);
  }
  const missing = expertSeats + terms.committee.buyerRepresentatives - present.length;
  for (const key of await seatExperts(world, lotId, { known: drawn, seats: missing })) {
    await world.as(key).done("cmt.checkIn", lotId);
    present.push(key);
  }
  const chair = present[0] as string;
  await electChair(world, lotId, { present, chair });
  return { keys: present, chair };
}

async function electChair(
  world: StoryWorld,
  lotId: string,
  { present, chair }: { present: readonly string[]; chair: string },
): Promise<void> {
  const { items } = await world.as(chair).get(`/lots/${lotId}/committee/seats`);
  const { no } = items.find((seat: { mine: boolean }) => seat.mine);
  for (const key of present) {
    await world.as(key).act("cmt.electChair", lotId, { seat: no });
    const seats = await world.as(chair).get(`/lots/${lotId}/committee/seats`);
    if (seats.items.some((seat: { isChair: boolean }) => seat.isChair)) return;
  }
  throw new Error("no chair was elected");
}
