/**
 * The city in which the journeys take place: a platform of its own with the built portal, and the first whole trade,
 * told chapter by chapter over HTTP. A journey asks for the chapter it needs and takes over acts of the story's people:
 * where one would act, the browser does instead, and the story goes on with the browser's answer.
 */
import { join, resolve } from "node:path";
import { founderWish, organisationNamed } from "../../scenarios/city/city.ts";
import { closeArchive } from "../../scenarios/construction-open/archive.ts";
import { awardContract } from "../../scenarios/construction-open/award.ts";
import { sealBids, sealFirstBid } from "../../scenarios/construction-open/bids.ts";
import { formCommittee, type SeatedCommittee, seatCommittee } from "../../scenarios/construction-open/committee.ts";
import { giveDepositsBack, putUpDeposits } from "../../scenarios/construction-open/deposits.ts";
import { evaluate } from "../../scenarios/construction-open/evaluation.ts";
import { openBids } from "../../scenarios/construction-open/opening.ts";
import { cast, enrolCity, publishTender } from "../../scenarios/construction-open/prepare.ts";
import { askAndAmend } from "../../scenarios/construction-open/questions.ts";
import { type OwnPlatform, openOwnPlatform } from "../../scenarios/driver/own-platform.ts";
import { type ActAnswer, StoryPerson } from "../../scenarios/driver/story-person.ts";
import type { StoryWorld } from "../../scenarios/driver/story-world.ts";
import { at } from "../../scenarios/driver/times.ts";
import { seededRandom } from "../../server/kernel/index.ts";
import { ensurePortal } from "../../tools/portal-build.ts";
import { Offers } from "./offers.ts";

/** The chapters in their order; each ends where its name says. */
export const chapters = [
  "enrolled",
  "published",
  "asked",
  "drawn",
  "sealed",
  "opened",
  "seated",
  "evaluated",
  "awarded",
  "archived",
] as const;
export type Chapter = (typeof chapters)[number];

/** What a journey does in the place of a person of the story: the data that the person would have sent is what a person would type. */
export type Instead = (data: unknown, lotId: string) => Promise<ActAnswer>;

const seed = 1;
const drawDay = at("2026-12-07", "14:00");
const beforeLastBid = at("2026-12-07", "16:20");
const root = resolve(import.meta.dirname, "../..");

/** Names of the firms to the person who acts for each. */
const bidderOf: ReadonlyMap<string, string> = new Map(cast.bidders.map((person, i) => [organisationNamed(`firm-0${i + 1}`).name, person]));

export class JourneyCity {
  readonly #own: OwnPlatform;
  readonly #random = seededRandom(seed, "story");
  readonly #bids = this.#random.fork("bids");
  readonly #instead = new Map<string, Instead>();
  readonly #original = StoryPerson.prototype.act;
  /** What the portal offered to whom while the story went on. */
  readonly offers = new Offers();
  #reached = -1;
  #organisations: ReadonlyMap<string, string> = new Map();
  #drawn: readonly string[] = [];
  #committee: SeatedCommittee = { keys: [], chair: "" };
  /** The lot of the story, once it is published. */
  lotId = "";

  constructor(own: OwnPlatform) {
    this.#own = own;
    const city = this;
    StoryPerson.prototype.act = async function (act, lotId, data) {
      const offered = await city.offers.listFor(this, lotId);
      const answer = await city.#actOrInstead(this, { act, lotId, data });
      if (answer.status === 200) await city.offers.note(this, act, offered);
      return answer;
    };
  }

  async #actOrInstead(person: StoryPerson, { act, lotId, data }: { act: string; lotId: string | null; data: unknown }): Promise<ActAnswer> {
    const key = `${person.membershipId} ${act}`;
    const instead = this.#instead.get(key);
    if (!instead) return this.#original.call(person, act, lotId, data);
    this.#instead.delete(key);
    const answer = await instead(data, lotId ?? "");
    await this.world.settle();
    return answer;
  }

  static async open(): Promise<JourneyCity> {
    await ensurePortal();
    const home = resolve(process.env.EGRET_HOME ?? join(root, ".egret"));
    return new JourneyCity(
      await openOwnPlatform({
        name: "journeys",
        seed,
        start: at("2026-11-02"),
        home,
        portal: join(root, "portal/dist"),
        founder: founderWish,
      }),
    );
  }

  get world(): StoryWorld {
    return this.#own.world;
  }

  get url(): string {
    return this.world.url;
  }

  /** Keys of the committee's members who came. */
  get experts(): readonly string[] {
    return this.#committee.keys;
  }

  get chair(): string {
    return this.#committee.chair;
  }

  /** The browser does the next such act of a person itself. */
  takeOver(person: string, act: string, instead: Instead): void {
    this.#instead.set(`${this.world.as(person).membershipId} ${act}`, instead);
  }

  /** Tells the story up to the end of a chapter. @throws when it is past that already: such a journey needs a city of its own. */
  async reach(chapter: Chapter): Promise<void> {
    const wanted = chapters.indexOf(chapter);
    if (wanted < this.#reached) throw new Error(`the city is at ${chapters[this.#reached]}, past ${chapter}`);
    while (this.#reached < wanted) {
      await this.#tell(chapters[this.#reached + 1] as Chapter);
      this.#reached++;
    }
    if (this.#instead.size > 0) throw new Error(`nobody came to: ${[...this.#instead.keys()].join(", ")}`);
  }

  async close(): Promise<void> {
    StoryPerson.prototype.act = this.#original;
    await this.#own.close();
  }

  async #tell(chapter: Chapter): Promise<void> {
    const { world, lotId } = this;
    const tellings: Record<Chapter, () => Promise<void>> = {
      enrolled: async () => {
        this.#organisations = await enrolCity(world);
      },
      published: async () => {
        this.lotId = await publishTender(world, this.#organisations);
      },
      asked: async () => {
        await askAndAmend(world, lotId);
        await world.jumpTo(at("2026-11-23", "09:47"));
      },
      drawn: async () => {
        await putUpDeposits(world, lotId, this.#organisations);
        await sealFirstBid(world, lotId, this.#bids);
        await sealBids(world, lotId, { after: "", until: drawDay, random: this.#bids });
        this.#drawn = await formCommittee(world, lotId, this.#random.fork("experts"));
        await sealBids(world, lotId, { after: drawDay, until: beforeLastBid, random: this.#bids });
      },
      sealed: () => sealBids(world, lotId, { after: beforeLastBid, until: at("2026-12-08", "09:00"), random: this.#bids }),
      opened: () => openBids(world, lotId, this.#random.fork("opening")),
      seated: async () => {
        this.#committee = await seatCommittee(world, lotId, this.#drawn);
      },
      evaluated: () => evaluate(world, lotId, { ...this.#committee, bidderOf, seed }),
      awarded: () => awardContract(world, lotId, bidderOf),
      archived: async () => {
        await giveDepositsBack(world, lotId);
        await closeArchive(world, lotId);
      },
    };
    await tellings[chapter]();
  }
}
