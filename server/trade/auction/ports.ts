/** What the auction asks of the stages before it and of the house. */
import type { Queryable } from "../../runtime/database/index.ts";
import type { ActContext, LotThread } from "../transaction/index.ts";
import type { AuctionFloor } from "./auction-floor.ts";
import type { Terms } from "./terms.ts";

export interface AuctionPorts {
  /** The halls of this process; asked when it is needed, because the house stands before its halls do. */
  floor(): Pick<AuctionFloor, "sequencer" | "open">;
  /** The terms and the beginning, as the notice announced them. */
  announced(db: Queryable, lot: LotThread): Promise<{ terms: Terms; startsAt: number }>;
  /** The number that this party was given; undefined for one that has none. */
  numberOf(context: ActContext, organisationId: string): Promise<number | undefined>;
}
