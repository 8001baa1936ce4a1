/**
 * The world of a story as its actors meet it: a platform by HTTP, the outside world as processes
 * beside it, a clock that stands still until the story moves it. It does not matter whether the
 * platform was opened for the story alone or is the sandbox that people use.
 */
import { newId, type Random } from "../../server/kernel/index.ts";
import type { Simulators } from "../../simulators/start.ts";
import { type EnrolmentWish, enrolmentFor } from "./enrolment.ts";
import { type PersonKeys, StoryPerson, type Told } from "./story-person.ts";

export interface WorldParts {
  /** Address of the platform. */
  url: string;
  simulators: Simulators;
  /** On a seed in a story, so that ids are golden. */
  random: Random;
  commandRandom: Random;
  /** How requests go out; the machine's own fetch unless a story has to live through crashes. */
  send?: typeof fetch;
  /** How long it waits for other processes: 20 s, unless they have to wait for a platform that was down. */
  patienceMs?: number;
}

const deskActs = {
  round1: "cer.postRound1",
  round2: "cer.postRound2",
  round3: "cer.postRound3",
  ack: "cer.acknowledge",
  complaint: "cer.complain",
};

export class StoryWorld {
  readonly simulators: Simulators;
  readonly url: string;
  readonly #parts: WorldParts;
  readonly #people = new Map<string, StoryPerson>();
  #now = 0;
  #settlesActs = true;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    this.url = parts.url;
    this.simulators = parts.simulators;
  }

  /** Trade time, as of the last settling. */
  get now(): number {
    return this.#now;
  }

  newId(noun: "org" | "per"): string {
    return newId(noun, this.#now, this.#parts.random);
  }

  /** Enrols an organisation with its people; each is known to the story by its own key afterwards (`key/role` for further roles). */
  async enrol(wish: EnrolmentWish): Promise<{ organisationId: string }> {
    const enrolment = await enrolmentFor(wish, (person) => this.simulators.walletDoor("persons", person));
    await this.as("registrar").done("org.enrol", null, enrolment);
    await this.know(wish);
    return { organisationId: enrolment.organisation.id };
  }

  /** Enrols many at once: their keys and certificates are made side by side, the acts follow in the given order. */
  async enrolAll(wishes: readonly EnrolmentWish[]): Promise<void> {
    const atOnce = 8;
    for (let from = 0; from < wishes.length; from += atOnce) {
      const some = wishes.slice(from, from + atOnce);
      const enrolments = await Promise.all(
        some.map((wish) => enrolmentFor(wish, (person) => this.simulators.walletDoor("persons", person))),
      );
      await this.inOneGo(async () => {
        for (const enrolment of enrolments) await this.as("registrar").done("org.enrol", null, enrolment);
      });
      await Promise.all(some.map((wish) => this.know(wish)));
    }
  }

  /** Signs in people who are enrolled already. */
  async know(wish: EnrolmentWish): Promise<void> {
    for (const person of wish.people) {
      for (const [place, role] of person.roles.entries()) {
        const key = place === 0 ? person.key : `${person.key}/${role}`;
        await this.#signIn(key, person.id, { organisationId: wish.organisation.id, role, number: place + 1 });
      }
    }
  }

  knows(key: string): boolean {
    return this.#people.has(key);
  }

  as(key: string): StoryPerson {
    const person = this.#people.get(key);
    if (!person) throw new Error(`the story knows no ${key}`);
    return person;
  }

  /** Acts that do not wait for one another's effects; what they set off is awaited once, at the end. */
  async inOneGo<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#settlesActs = false;
    const result = await work().finally(() => {
      this.#settlesActs = true;
    });
    await this.settle();
    return result;
  }

  /** Lets the desk of a member post its ceremony rounds by itself, as acts signed by its person. */
  async startDesk(key: string, ceremonyId: string, lotId: string): Promise<void> {
    const { personId, token, membershipId } = this.as(key);
    const base = `${this.url}/api/v1`;
    await this.simulators.walletDoor(`persons/${personId}/ceremonies/${ceremonyId}/accept`, {
      boardUrl: `${base}/lots/${lotId}/ceremony`,
      actsUrl: `${base}/acts`,
      session: token,
      membership: membershipId,
      lotId,
      acts: deskActs,
    });
  }

  /** Waits, on the machine's time, for what other processes do. @throws with the words when it does not come in time. */
  async until(condition: () => Promise<boolean>, words: string): Promise<void> {
    const pauseMs = 50;
    for (let waited = 0; waited < (this.#parts.patienceMs ?? 20_000); waited += pauseMs) {
      if (await condition()) return this.settle();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    throw new Error(words);
  }

  /** Moves the clock, stopping at every limit on the way, as a person does who jumps from due row to due row. */
  async jumpTo(time: string): Promise<void> {
    const { now } = await this.#post("/sandbox/clock/jump", { to: time });
    this.#now = Date.parse(now);
  }

  /** Resolves when everything that was set off has happened. */
  async settle(): Promise<void> {
    const { now } = await this.#post("/sandbox/settle", {});
    this.#now = Date.parse(now);
  }

  /** 1 = the clock runs on as the machine's; 0 = it stands still. */
  async setTempo(tempo: number): Promise<void> {
    await this.#send("PUT", "/sandbox/clock", { tempo });
  }

  async #signIn(key: string, personId: string, place: { organisationId: string; role: string; number: number }): Promise<void> {
    const { token } = await this.#post("/sandbox/sessions", { personId });
    const keys = (await this.simulators.walletDoor(`persons/${personId}/keys`)) as unknown as PersonKeys;
    const person = new StoryPerson({
      baseUrl: this.url,
      token,
      membershipId: `mem_${personId.slice(4)}.${place.number}`,
      organisationId: place.organisationId,
      role: place.role,
      keys,
      newCommandId: () => newId("cmd", this.#now, this.#parts.commandRandom),
      settle: async () => void (this.#settlesActs && (await this.settle())),
      send: this.#fetch,
    });
    this.#people.set(key, person);
  }

  #post(path: string, body: object): Promise<Told> {
    return this.#send("POST", path, body);
  }

  get #fetch(): typeof fetch {
    return this.#parts.send ?? fetch;
  }

  async #send(method: string, path: string, body: object): Promise<Told> {
    const answer = await this.#fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const value = (await answer.json()) as { detail?: string };
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${value.detail}`);
    return value;
  }
}
