/** What the opening needs of other stages, handed in where the house is joined. */
import type { SealCeremony } from "../../../formats/seal/index.ts";
import type { Queryable } from "../../record/index.ts";
import type { DecidingLot } from "../transaction/index.ts";
import type { DepositAtOpening } from "./opening.ts";

export interface OpeningPorts {
  ceremonyOf(db: Queryable, lotId: string): Promise<SealCeremony | undefined>;
  /** Which member of the lot's ceremony a person is, 1..n. */
  memberOf(db: Queryable, lotId: string, personId: string): Promise<number | undefined>;
  /** The decryption window, as the document in force says (CON-045). */
  decryptionMinutesOf(db: Queryable, lotId: string): Promise<number>;
  /** Deposits by organisation, judged by value date at the opening; undefined where the lot asks for none. */
  depositsOf?(context: DecidingLot, headerSecret: Uint8Array): Promise<ReadonlyMap<string, DepositAtOpening>>;
  /** Does the person sit on the lot's committee? Files of bids are for them. Without it nobody's role alone opens a file. */
  sitsOnCommittee?(db: Queryable, lotId: string, personId: string): Promise<boolean>;
}
