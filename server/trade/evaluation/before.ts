/**
 * What the evaluation needs of the stages before it, as functions that are handed in where everything is
 * joined. It must ask for nothing else: criteria come from the tender document, figures from the opened bids.
 */
import type { Queryable } from "../../runtime/database/index.ts";
import type { DecidingLot } from "../transaction/index.ts";

/** The terms of the document by which bids are judged. */
export interface JudgingTerms {
  version: number;
  sha256: string;
  ceilingFen: string | null;
  floorFen: string | null;
  bidValidityDays: number;
  publicityDays: number;
  durationDays: number;
  quality: string;
  performanceSecurityPercent: string;
  method: {
    name: string;
    title: string;
    tree: unknown;
    tieBreak: readonly string[];
    rejectionGrounds: readonly { no: number; text: string }[];
  };
}

/** The form of a bid, as it was read out. */
export interface BidFigures {
  priceFen: string;
  durationDays: number;
  quality: string;
  projectManager: { name: string; certificate: string };
  validityDays: number;
  depositForm: string;
  facts: Readonly<Record<string, string | number | boolean | null>>;
}

export interface OpenedBid {
  bidDigest: string;
  partyId: string;
  organisation: string;
  name: string;
  /** Its place in the order of handing in. */
  handedIn: number;
  /** Null when the form is missing or unreadable: the committee judges that. */
  form: BidFigures | null;
  files: readonly { name: string; size: number; hash: string }[];
  /** Only `opened` bids are evaluated. */
  status: string;
}

export interface Seat {
  no: number;
  personId: string;
  organisationId: string;
  /** `present` and `done` seats judge; all others do not. */
  state: string;
}

export interface SeatedCommittee {
  seats: readonly Seat[];
  /** Number of the chair's seat. */
  chair: number | null;
}

export interface EvaluationPorts {
  documentOf(db: Queryable, lotId: string): Promise<JudgingTerms | undefined>;
  openedBids(db: Queryable, lotId: string): Promise<readonly OpenedBid[]>;
  committeeOf(db: Queryable, lotId: string): Promise<SeatedCommittee | undefined>;
  /** Values drawn in public for this lot: node of the tree → drawn text. */
  drawnValues(db: Queryable, lotId: string): Promise<Readonly<Record<string, string>>>;
  /** Keeps beside the record who acted for a seat. @returns the digest that the event carries. */
  veil(context: DecidingLot, content: Record<string, string | number | boolean | null>): Promise<string>;
  /** The report is handed over: the members' work is done. */
  finishCommittee(context: DecidingLot): Promise<void>;
  /** The order of these bids by a published draw among equals; undefined while none was held. */
  tieOrder(db: Queryable, lotId: string, bidDigests: readonly string[]): Promise<readonly string[] | undefined>;
}

/** Seats whose findings and sheets count now. */
export function sittingSeats(committee: SeatedCommittee | undefined): readonly Seat[] {
  return (committee?.seats ?? []).filter(({ state }) => state === "present" || state === "done");
}
