/** What the opening needs of stages that it cannot import, handed in where the house is joined. */
import type { Queryable } from "../../record/index.ts";
import type { DecidingLot } from "../transaction/index.ts";
import type { DepositAtOpening } from "./opening.ts";

export interface OpeningPorts {
  /** Deposits by organisation, judged by value date at the opening; absent while no stage keeps deposits. */
  depositsOf?(context: DecidingLot, headerSecret: Uint8Array): Promise<ReadonlyMap<string, DepositAtOpening>>;
  /** Does the person sit on the lot's committee? Files of bids are for its members; without this nobody reads one as an expert. */
  sitsOnCommittee?(db: Queryable, lotId: string, personId: string): Promise<boolean>;
  /** Is a coefficient declared whose shares are not all open yet? Then no key is frozen: nobody may choose after prices can be known (decisions §4). */
  isDrawPending?(db: Queryable, lotId: string): Promise<boolean>;
}
