/** What the entry asks of other stages. */
import type { Queryable } from "../../runtime/database/index.ts";
import type { DecidingLot, LotThread } from "../transaction/index.ts";

export interface EntryPorts {
  /** Digest of the terms in force, which everybody who registers signs. */
  termsSha256(db: Queryable, lot: LotThread): Promise<string>;
  /** The lot's header secret, which exists from the recorded deadline on. */
  openHeader(context: DecidingLot): Promise<Uint8Array>;
  /** By organisation: was the deposit received in full and in time? */
  depositsOf(context: DecidingLot, headerSecret: Uint8Array): Promise<ReadonlyMap<string, { inTime: boolean }>>;
}
