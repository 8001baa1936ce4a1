/** What the contract sets off in an earlier stage, in the same transaction; handed in where the house is joined. */
import type { DecidingLot } from "../transaction/index.ts";

export interface ContractPorts {
  /** Deposits of these organisations are due back, with interest. */
  releaseDue(context: DecidingLot, wish: { organisations: readonly string[]; cause: string }): Promise<void>;
}
