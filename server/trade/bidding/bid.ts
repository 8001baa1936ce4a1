/**
 * A party's bid in one lot, as its chain of sealed acts: submit version 1, replace it, withdraw it, submit
 * again (seal-v1 §6). Pure: it knows nothing of where the acts were found.
 */
import type { SealSubmission } from "../../../formats/seal/index.ts";
import { type Instant, parseInstant, type StateOf } from "../../kernel/index.ts";
import type { SealedAct } from "../transaction/index.ts";
import type { bidStates } from "./bid.states.ts";

/** Names of the two sealed acts, as they stand in the sealed payload. */
export const sealAct = "bid.seal";
export const withdrawAct = "bid.withdraw";

/** Where the sealed submission lies in the store, and the key that only the sealed act holds. */
export interface SubmissionPlace {
  name: string;
  key: string;
}

/** Essential fields of a sealed act of bidding. */
export interface BidFields {
  version: number;
  bidDigest: string;
  /** The effective end at arrival. */
  deadline: string;
  submission: SubmissionPlace | null;
}

export interface BidAct extends BidFields {
  /** The stream of the sealed event; its position is the receipt's `evidenceSeq`. */
  stream: string;
  action: "submit" | "withdraw";
  receivedAt: string;
  /** Where the act stands in the record; null until it is numbered. */
  position: number | null;
}

export interface BidChain {
  organisation: string;
  partyId: string;
  acts: readonly BidAct[];
}

/** A bid that stands at the deadline, with everything the opening needs. */
export interface LiveBid extends Omit<SealSubmission, "chunks">, BidChain {
  bidDigest: string;
  version: number;
  arrivedAt: string;
  /** Where its submission lies; the pieces of its body are listed there. */
  submission: SubmissionPlace;
}

/** The chain of one party in its lawful order: by version, a withdrawal after the submission it takes back. */
export function chainOf(acts: readonly SealedAct[]): BidAct[] {
  return acts
    .filter(({ payload }) => payload.act === sealAct || payload.act === withdrawAct)
    .map(({ id, arrivedAt, position, payload }) => {
      const { version, bidDigest, deadline, submission } = payload.fields as BidFields;
      const action = payload.act === sealAct ? ("submit" as const) : ("withdraw" as const);
      return { stream: id, action, receivedAt: arrivedAt, position, version, bidDigest, deadline, submission };
    })
    .sort((a, b) => a.version - b.version || Number(a.action === "withdraw") - Number(b.action === "withdraw"));
}

/** The submission that counts now; undefined when there is none or it was withdrawn. */
export function liveAct(acts: readonly BidAct[]): BidAct | undefined {
  const last = acts.at(-1);
  return last?.action === "submit" ? last : undefined;
}

export function stateOfChain(acts: readonly BidAct[]): StateOf<typeof bidStates> {
  if (acts.length === 0) return "none";
  return liveAct(acts) ? "sealed" : "withdrawn";
}

/** Did a later act of the same party arrive before? Receipts never fall back in time (seal-v1 §6). */
export function isOvertaken(acts: readonly BidAct[], now: Instant): boolean {
  const last = acts.at(-1);
  return last !== undefined && now < parseInstant(last.receivedAt);
}

/** submit has version = last submitted version + 1. */
export function nextVersion(acts: readonly BidAct[]): number {
  return (acts.at(-1)?.version ?? 0) + 1;
}
