/** Holds a draw as its actors do: the operator freezes, contributors commit and reveal with secrets from the story's seed. */
import { fromHex, hex } from "../../formats/bytes.ts";
import { type ContributionSecret, makeCommit, makeReveal, planHash, signFreeze } from "../../formats/draw/index.ts";
import type { DrawPlan } from "../../formats/draw/schemas.ts";
import type { Random } from "../../server/kernel/index.ts";
import type { StoryPerson } from "./story-person.ts";

export interface Contribution {
  person: StoryPerson;
  secret: ContributionSecret;
}

/** The operator signs the plan as it stands. */
export async function freezeDraw(operator: StoryPerson, lotId: string, drawId: string): Promise<DrawPlan> {
  const { plan } = (await operator.get(`/draws/${drawId}`)) as { plan: DrawPlan };
  await operator.done("drw.freeze", lotId, {
    drawId,
    planHash: hex(planHash(plan)),
    sig: signFreeze(plan, fromHex(operator.keys.ed25519Secret)),
  });
  return plan;
}

/** Every contributor that the plan names commits. @returns what each must reveal later. */
export async function commitAll(
  people: readonly StoryPerson[],
  plan: DrawPlan,
  place: { lotId: string; drawId: string; random: Random },
): Promise<Contribution[]> {
  const contributions: Contribution[] = [];
  for (const [i, contributor] of plan.contributors.entries()) {
    const person = people.find(({ keys }) => keys.ed25519Key === contributor.key);
    if (!person) continue;
    const secret = { s: place.random.bytes(32), rho: place.random.bytes(32) };
    const sealed = plan.recovery ? { sealScalar: place.random.bytes(32) } : {};
    const { i: _, ...post } = makeCommit({ plan, i, ...secret, ...sealed, signingSecret: fromHex(person.keys.ed25519Secret) });
    await person.done("drw.contribute", place.lotId, { drawId: place.drawId, ...post });
    contributions.push({ person, secret });
  }
  return contributions;
}

export async function revealAll(contributions: readonly Contribution[], place: { lotId: string; drawId: string }): Promise<void> {
  for (const { person, secret } of contributions) {
    const { i: _, ...post } = makeReveal(0, secret);
    await person.done("drw.reveal", place.lotId, { drawId: place.drawId, ...post });
  }
}
