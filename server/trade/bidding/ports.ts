/** What bidding needs of earlier stages, handed in where the house is joined. */
import type { SealCeremony } from "../../../formats/seal/index.ts";
import type { Queryable } from "../../record/index.ts";

export interface BiddingPorts {
  /** The lot's sealed key ceremony; undefined while there is none. */
  ceremonyOf(db: Queryable, lotId: string): Promise<SealCeremony | undefined>;
}
