/**
 * Chapter 4: experts are drawn the day before, in three strata; one declines and the next in the drawn order
 * takes the seat. Nobody learns who they are. On the day they check in and elect a chair.
 */
import type { Random } from "../../server/kernel/index.ts";
import { commitAll, freezeDraw, revealAll } from "../driver/hold-draw.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at, minutesAfter } from "../driver/times.ts";
import { cast } from "./prepare.ts";
import { milestone, terms } from "./tender-package.ts";

interface PoolExpert {
  memberId: string;
  name: string;
  phone: string;
  title: string;
  employerName: string;
}

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
  const keys = await seatExperts(world, lotId);
  const representative = world.as(cast.representative);
  await world.as(cast.buyer).done("cmt.nameRepresentative", lotId, { personId: representative.personId });
  return [...keys, cast.representative];
}

/** Experts who accepted their call get an account and confirm in the platform that they are fit and free. */
async function seatExperts(world: StoryWorld, lotId: string): Promise<string[]> {
  const keys: string[] = [];
  for (let round = 0; round < 8 && keys.length < 4; round++) {
    await world.settle();
    for (const expert of await called(world)) {
      const key = `expert/${expert.memberId}`;
      if (keys.includes(key)) continue;
      await enrolExpert(world, key, expert);
      const { status } = await world.as(key).act("cmt.accept", lotId, { yearsInField: 12, noInterest: true });
      if (status === 200) keys.push(key);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  if (keys.length < 4) throw new Error(`only ${keys.length} experts took their seats`);
  return keys;
}

/** Who was called and accepted, as only the pool knows. */
async function called(world: StoryWorld): Promise<PoolExpert[]> {
  const books = (await world.simulators.control("pool", "books")) as { calls: { state: string; expert: PoolExpert | null }[] };
  return books.calls.flatMap(({ state, expert }) => (state === "accepted" && expert ? [expert] : []));
}

async function enrolExpert(world: StoryWorld, key: string, { memberId, name, phone, title, employerName }: PoolExpert): Promise<void> {
  const serial = memberId.replace(/\D/g, "").padStart(8, "0").slice(-8);
  await world.enrol({
    organisation: { id: world.newId("org"), creditCode: `52350000EX${serial}`, name: employerName, roles: ["expertEmployer"], regionCode: "350000", sector: null, profile: {} },
    people: [{ key, id: world.newId("per"), details: { name, phone, title }, roles: ["expert"] }],
  });
}

/** On the day: everybody checks in and the members elect a chair. @returns the key of the chair. */
export async function seatCommittee(world: StoryWorld, lotId: string, keys: readonly string[]): Promise<string> {
  await world.jumpTo(at("2026-12-08", "14:00"));
  for (const key of keys) await world.as(key).done("cmt.checkIn", lotId);
  const chair = keys[0] as string;
  const { items } = await world.as(chair).get(`/lots/${lotId}/committee/seats`);
  const { no } = items.find((seat: { mine: boolean }) => seat.mine);
  for (const key of keys) {
    const { status, body } = await world.as(key).act("cmt.electChair", lotId, { seat: no });
    if (status === 200 && body.result?.elected) break;
  }
  return chair;
}
