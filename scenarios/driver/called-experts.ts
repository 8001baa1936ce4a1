/** Experts whom the pool has called and who said yes: they get an account, so that they can answer in the platform too. */
import { isCreditCode } from "../../server/kernel/index.ts";
import type { StoryWorld } from "./story-world.ts";

export interface PoolExpert {
  memberId: string;
  name: string;
  phone: string;
  title: string;
  employerName: string;
}

/** The key by which a story knows an expert. */
export function expertKey({ memberId }: PoolExpert): string {
  return `expert/${memberId}`;
}

/** Who was called and accepted, as only the pool knows. */
export async function calledExperts(world: StoryWorld): Promise<PoolExpert[]> {
  const books = (await world.simulators.control("pool", "books")) as { calls: { state: string; expert: PoolExpert | null }[] };
  return books.calls.flatMap(({ state, expert }) => (state === "accepted" && expert ? [expert] : []));
}

export async function enrolExpert(world: StoryWorld, expert: PoolExpert): Promise<void> {
  const { memberId, name, phone, title, employerName } = expert;
  await world.enrol({
    organisation: {
      id: world.newId("org"),
      creditCode: creditCodeFor(memberId),
      name: employerName,
      roles: ["expertEmployer"],
      regionCode: "350000",
      sector: null,
      profile: {},
    },
    people: [{ key: expertKey(expert), id: world.newId("per"), details: { name, phone, title }, roles: ["expert"] }],
  });
}

/** A made-up credit code for an expert's employer, with the right check character. */
function creditCodeFor(memberId: string): string {
  const body = `52350000EX${memberId.replace(/\D/g, "").padStart(7, "0").slice(-7)}`;
  const code = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"].map((check) => `${body}${check}`).find(isCreditCode);
  if (!code) throw new Error(`no check character fits ${body}`);
  return code;
}
