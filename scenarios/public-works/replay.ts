/** What is known of one tender while it runs, and the chapters through which it goes. */
import type { SeededRandom } from "../../server/kernel/index.ts";
import type { Contribution } from "../driver/hold-draw.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import type { Parties } from "./cast.ts";
import type { TenderTimes } from "./map-days.ts";
import type { ForeignTender } from "./read-tenders.ts";

export interface Replay {
  readonly world: StoryWorld;
  readonly tender: ForeignTender;
  readonly times: TenderTimes;
  readonly parties: Parties;
  /** Of this tender alone, so that its secrets do not depend on how many others run. */
  readonly random: SeededRandom;
  lotId: string;
  /** Shares of the opening key: buyer, centre, supervisor. */
  shares: readonly Uint8Array[];
  draw: { drawId: string; needId: string; contributions: readonly Contribution[] } | undefined;
  /** Members of the committee, as people of the story; the first is the chair. */
  committee: readonly string[];
  /** The lot has failed by law: nothing more is to be done. */
  failed: boolean;
}

export interface Chapter {
  readonly name: string;
  readonly at: keyof TenderTimes;
  readonly play: (replay: Replay) => Promise<void>;
}
