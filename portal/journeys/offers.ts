/**
 * Which acts the portal offers to whom, by the very functions that its pages list acts with. Before a person of the
 * story acts, the portal's lists are made for that person, and the act must be in them.
 */
import type { StoryPerson } from "../../scenarios/driver/story-person.ts";
import { freeActsOf, nextStepsOf } from "../api/act-list.ts";
import { lotOf } from "../api/lot-view.ts";
import type { WireAct, WireLot, WireNextStep } from "../api/wire.ts";

/** Acts that a desk of the page sends by itself once its person has accepted. */
const byDesk = new Set(["cer.postRound1", "cer.postRound2", "cer.postRound3", "cer.acknowledge", "cer.complain"]);

export class Offers {
  #acts: readonly WireAct[] | undefined;
  readonly #roles = new Map<string, string>();
  /** Names of acts that were offered to somebody. */
  readonly offered = new Set<string>();
  /** `act by role` that the story's person could not have found. */
  readonly missing = new Set<string>();

  async acts(person: StoryPerson): Promise<readonly WireAct[]> {
    this.#acts ??= ((await person.get("/acts")) as { items: WireAct[] }).items;
    return this.#acts;
  }

  /** What the lists of the portal hold for a person now, on a lot or outside any. */
  async listFor(person: StoryPerson, lotId: string | null): Promise<readonly string[]> {
    const role = await this.#roleOf(person);
    const acts = await this.acts(person);
    const free = freeActsOf(acts, role).map(({ act }) => act);
    if (lotId === null) return free;
    const lot = lotOf((await person.get(`/lots/${lotId}`)) as WireLot);
    const { items } = (await person.get(`/lots/${lotId}/next-steps`)) as { items: WireNextStep[] };
    const { due, possible } = nextStepsOf({ acts, due: items, lot, role });
    return [...free, ...due.map(({ act }) => act), ...possible.map(({ act }) => act)];
  }

  /** The person did an act that the server accepted; `offered` is what the lists held before. */
  async note(person: StoryPerson, act: string, offered: readonly string[]): Promise<void> {
    for (const name of offered) this.offered.add(name);
    if (byDesk.has(act) || offered.includes(act)) return;
    this.missing.add(`${act} by ${await this.#roleOf(person)}`);
  }

  async #roleOf(person: StoryPerson): Promise<string> {
    const known = this.#roles.get(person.membershipId);
    if (known) return known;
    const { memberships } = (await person.get("/me")) as { memberships: { id: string; role: string }[] };
    const role = memberships.find(({ id }) => id === person.membershipId)?.role ?? "";
    this.#roles.set(person.membershipId, role);
    return role;
  }
}
