/** Chapter 3: four experts are drawn on the morning of the opening, and the buyer sends one of its own. */
import { commitAll, freezeDraw, revealAll } from "../driver/hold-draw.ts";
import { madeUpCreditCode } from "../driver/made-up-code.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { agent, buyer, centre, centreMember, drawOperator, representative, supervisor } from "./cast.ts";
import type { Replay } from "./replay.ts";
import { regions, speciality } from "./tender-terms.ts";

const drawnSeats = 4;

export async function requestExperts(replay: Replay): Promise<void> {
  const { world, lotId, times, random } = replay;
  const { drawId, needId } = await world.as(agent).done("cmt.request", lotId, {
    strata: [{ id: speciality, speciality, quota: drawnSeats }],
    representatives: 1,
    regions,
    avoidUnits: [],
    windowStartAt: times.deadline,
    windowEndAt: times.evaluationEnd,
    commitBy: times.commitBy,
    revealBy: times.revealBy,
    way: "plain",
  });
  const operator = world.as(drawOperator);
  await world.until(async () => (await operator.get(`/draws/${drawId}`)).plan !== null, "the pool's list did not come");
  const plan = await freezeDraw(operator, lotId, drawId);
  const people = [buyer, representative, centre, centreMember, drawOperator, supervisor].map((key) => world.as(key));
  replay.draw = { drawId, needId, contributions: await commitAll(people, plan, { lotId, drawId, random: random.fork("draw") }) };
}

export async function revealShares({ draw, lotId }: Replay): Promise<void> {
  if (draw) await revealAll(draw.contributions, { lotId, drawId: draw.drawId });
}

export async function seatCommittee(replay: Replay): Promise<void> {
  const { world, lotId, draw } = replay;
  if (!draw) throw new Error("the experts were not requested");
  await world.as(drawOperator).done("drw.publish", lotId, { drawId: draw.drawId });
  const keys: string[] = [];
  await world.until(async () => {
    await world.settle();
    for (const expert of await accepted(world, draw.needId)) {
      const key = await accountOf(world, expert);
      if (keys.includes(key)) continue;
      await world.as(key).done("cmt.accept", lotId, { yearsInField: 12, noInterest: true });
      keys.push(key);
    }
    return keys.length === drawnSeats;
  }, "the drawn experts did not take their seats");
  await world.as(buyer).done("cmt.nameRepresentative", lotId, { personId: world.as(representativeKey).personId });
  replay.committee = [...keys, representativeKey];
}

/** The buyer's member acts as an expert on the committee. */
const representativeKey = representative;

interface PoolExpert {
  memberId: string;
  name: string;
  phone: string;
  title: string;
  employerName: string;
}

/** Who was called for this need and accepted, as only the pool knows. */
async function accepted(world: StoryWorld, needId: string): Promise<PoolExpert[]> {
  const books = (await world.simulators.control("pool", "books")) as {
    calls: { needId: string; state: string; expert: PoolExpert | null }[];
  };
  return books.calls.flatMap((call) => (call.needId === needId && call.state === "accepted" && call.expert ? [call.expert] : []));
}

/** An expert gets an account with the first call and keeps it. */
async function accountOf(world: StoryWorld, { memberId, name, phone, title, employerName }: PoolExpert): Promise<string> {
  const key = `expert/${memberId}`;
  if (world.knows(key)) return key;
  const serial = memberId.replace(/\D/g, "").padStart(8, "0").slice(-8);
  await world.enrol({
    organisation: {
      id: world.newId("org"),
      creditCode: madeUpCreditCode(`52350000E${serial}`),
      name: employerName,
      roles: ["expertEmployer"],
      regionCode: "350000",
      sector: null,
      profile: {},
    },
    people: [{ key, id: world.newId("per"), details: { name, phone, title }, roles: ["expert"] }],
  });
  return key;
}
