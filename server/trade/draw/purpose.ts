/**
 * What a draw is for. The draw itself knows nothing of committees or scores: whoever needs chance hands in a
 * purpose, which says what is drawn from, who may sign up, and what follows when the result is published.
 */
import type { Refusal } from "../../kernel/index.ts";
import type { ActContext, DecidingLot } from "../transaction/index.ts";
import type { Draw, DrawList } from "./draw.ts";

export interface DrawPurpose {
  /** `experts`, `coefficient`, `tie`; it names the subject of the plan. */
  name: string;
  title: { zh: string; en: string };
  /** A sealed draw draws pseudonyms whose names lie with the owner of the purpose, outside the record. */
  sealed: boolean;
  /** What is drawn from, for `drw.prepare`. Left out when the owner prepares the draw by an act of its own. */
  list?(context: DecidingLot): Promise<DrawList | Refusal>;
  /** May a bidder sign up as a contributor? Left out: bidders give no shares. */
  mayJoin?(context: ActContext): Promise<Refusal | undefined>;
  /** In the decision that publishes the result. */
  published?(context: DecidingLot, draw: Draw): Promise<void>;
}

export type Purposes = Readonly<Record<string, DrawPurpose>>;
