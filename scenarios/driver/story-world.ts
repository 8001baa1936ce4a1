/**
 * The world of a story: a platform of its own on a database of its own, the outside world as processes
 * beside it, a clock that stands still until the story moves it, and everything random from one seed.
 * It runs beside a sandbox that is up.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlatform, type OpenPlatform } from "../../server/app/open-platform.ts";
import { passingKeys } from "../../server/app/platform-keys.ts";
import { SandboxClockFile } from "../../server/app/sandbox-clock.ts";
import { newId, type SeededRandom, seededRandom } from "../../server/kernel/index.ts";
import { openDatabase } from "../../server/runtime/database/index.ts";
import { type Simulators, startSimulators } from "../../simulators/start.ts";
import { type EnrolmentWish, enrolmentFor } from "./enrolment.ts";
import { type PersonKeys, StoryPerson } from "./story-person.ts";

export interface WorldWish {
  /** Names the database; two stories at once have two. */
  name: string;
  seed: number;
  /** First instant of trade time. */
  start: string;
  /** Folder of the embedded database. */
  home: string;
  portal?: string;
  /** Who founds the platform and enrols everybody else; known to the story as `registrar`. */
  founder: (newId: (noun: "org" | "per") => string) => EnrolmentWish;
}

export class StoryWorld {
  readonly random: SeededRandom;
  readonly platform: OpenPlatform;
  readonly simulators: Simulators;
  readonly folder: string;
  readonly #clock: SandboxClockFile;
  readonly #people = new Map<string, StoryPerson>();
  readonly #close: () => Promise<void>;
  readonly #commands: SeededRandom;

  private constructor(parts: { random: SeededRandom; platform: OpenPlatform; simulators: Simulators; folder: string; clock: SandboxClockFile; close: () => Promise<void> }) {
    this.random = parts.random;
    this.platform = parts.platform;
    this.simulators = parts.simulators;
    this.folder = parts.folder;
    this.#clock = parts.clock;
    this.#close = parts.close;
    this.#commands = parts.random.fork("commands");
  }

  static async open(wish: WorldWish): Promise<StoryWorld> {
    const random = seededRandom(wish.seed);
    const folder = await mkdtemp(join(tmpdir(), `egret-story-${wish.name}-`));
    const clock = new SandboxClockFile(undefined, wish.start);
    const keys = passingKeys(random.fork("platform keys"));
    const simulators = await startSimulators({ home: join(folder, "outside"), receiptKey: keys.keys.receiptKey, clock: clock.push(), seed: wish.seed });
    const database = await openDatabase({ home: wish.home, name: `story_${wish.name.replaceAll("-", "_")}_${process.pid}`, url: process.env.DATABASE_URL });
    const founder = await enrolmentFor(wish.founder((noun) => newId(noun, Date.parse(wish.start), random)), (person) => simulators.walletDoor("persons", person));
    const platform = await openPlatform({
      databaseUrl: database.url,
      home: join(folder, "platform"),
      keys,
      random: random.fork("house"),
      keeper: { url: simulators.keyKeeper as string, token: simulators.keyKeeperToken as string },
      sandbox: clock,
      walletUrl: simulators.wallet,
      outside: { peers: simulators.peers },
      portal: wish.portal,
      host: "127.0.0.1",
      port: 0,
      founder,
      onFault: (error) => console.error("fault", error),
    });
    await clock.follow((push) => simulators.setClock(push));
    await simulators.registerPlatform(platform.ownRow);
    const close = async () => {
      await platform.close();
      await simulators.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    };
    const world = new StoryWorld({ random, platform, simulators, folder, clock, close });
    await world.#know("registrar", founder.people[0]?.id as string, { organisationId: founder.organisation.id, role: "registrar", number: 1 });
    return world;
  }

  get now(): number {
    return this.#clock.clock.now();
  }

  newId(noun: "org" | "per"): string {
    return newId(noun, this.now, this.random);
  }

  /** Enrols an organisation with its people; each is known to the story by its own key afterwards (`key/role` for further roles). */
  async enrol(wish: EnrolmentWish): Promise<{ organisationId: string }> {
    const enrolment = await enrolmentFor(wish, (person) => this.simulators.walletDoor("persons", person));
    await this.as("registrar").done("org.enrol", null, enrolment);
    for (const [index, person] of wish.people.entries()) {
      const personId = enrolment.people[index]?.id as string;
      for (const [place, role] of person.roles.entries()) {
        const key = place === 0 ? person.key : `${person.key}/${role}`;
        await this.#know(key, personId, { organisationId: enrolment.organisation.id, role, number: place + 1 });
      }
    }
    return { organisationId: enrolment.organisation.id };
  }

  as(key: string): StoryPerson {
    const person = this.#people.get(key);
    if (!person) throw new Error(`the story knows no ${key}`);
    return person;
  }

  /** Lets the desk of a member post its ceremony rounds by itself, as acts signed by its person. */
  async startDesk(key: string, lotId: string): Promise<void> {
    const person = this.as(key);
    const base = `${this.platform.url}/api/v1`;
    await this.simulators.walletDoor(`persons/${person.personId}/ceremonies/${lotId}/accept`, {
      boardUrl: `${base}/lots/${lotId}/ceremony`,
      actsUrl: `${base}/acts`,
      session: person.token,
      membership: person.membershipId,
      lotId,
      acts: { round1: "cer.postRound1", round2: "cer.postRound2", round3: "cer.postRound3", ack: "cer.acknowledge", complaint: "cer.complain" },
    });
  }

  /** Waits, on the machine's time, for what other processes do. @throws with the words when it does not come within 20 s. */
  async until(condition: () => Promise<boolean>, words: string): Promise<void> {
    for (let attempt = 0; attempt < 400; attempt++) {
      if (await condition()) return this.platform.settle();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(words);
  }

  /** Moves the clock, stopping at every limit on the way, as a person does who jumps from due row to due row. */
  async jumpTo(time: string | number): Promise<void> {
    const target = typeof time === "number" ? time : Date.parse(time);
    const { house } = this.platform;
    await this.platform.settle();
    for (let due = await house.nextDue(); due !== undefined && due <= target; due = await house.nextDue()) await this.#moveTo(Math.max(due, this.now));
    await this.#moveTo(Math.max(target, this.now));
  }

  close(): Promise<void> {
    return this.#close();
  }

  async #moveTo(time: number): Promise<void> {
    this.#clock.clock.jumpTo(time);
    await this.#clock.changed();
    await this.platform.settle();
  }

  async #know(key: string, personId: string, place: { organisationId: string; role: string; number: number }): Promise<void> {
    const answer = await fetch(`${this.platform.url}/api/v1/sandbox/sessions`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ personId }) });
    const { token } = (await answer.json()) as { token: string };
    const keys = (await this.simulators.walletDoor(`persons/${personId}/keys`)) as unknown as PersonKeys;
    this.#people.set(
      key,
      new StoryPerson({
        baseUrl: this.platform.url,
        token,
        membershipId: `mem_${personId.slice(4)}.${place.number}`,
        organisationId: place.organisationId,
        role: place.role,
        keys,
        newCommandId: () => newId("cmd", this.now, this.#commands),
        settle: () => this.platform.settle(),
      }),
    );
  }
}
