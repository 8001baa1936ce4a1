/**
 * The opening of one lot as its stream tells it. Pure: `evolveOpening` folds postings; each posting that
 * the opening record cites keeps its version, from which its place in the log is found.
 */
import type { Proof, SealCeremony, SealedFile, SealHeader, SealReceipt } from "../../../formats/seal/index.ts";
import { type CommandOf, next, type StateOf } from "../../kernel/index.ts";
import type { RecordedEvent } from "../../record/index.ts";
import type { BidAct, SubmissionPlace } from "../bidding/index.ts";
import type { BidForm } from "./bid-form.ts";
import { type Consents, evolveConsents } from "./consent.ts";
import { openingStates } from "./opening.states.ts";

export type OpeningStatus = StateOf<typeof openingStates>;
export type OpeningCommand = CommandOf<typeof openingStates>;
export type MissingCause = "bidder" | "platform" | "other";
export type BidStatus = "opened" | "invalid" | "unopened" | "revoked" | "withdrawn";

/** What the deposit stage found at the opening, by value date; null where no deposit is asked. */
export interface DepositAtOpening {
  form: "transfer" | "guarantee" | "none";
  paidFen: string;
  inTime: boolean;
  ref: string | null;
}

export interface BidAtOpening {
  bidDigest: string;
  partyId: string;
  organisation: string;
  name: string;
  header: SealHeader;
  root: string;
  cipherSize: number;
  signKey: string;
  sig: string;
  submission: SubmissionPlace;
  acts: readonly BidAct[];
  deposit: DepositAtOpening | null;
  receipts: readonly SealReceipt[];
  attendedAt: string | null;
  key: { kb: string; via: "bidder" | "recoveryCode"; at: string; version: number } | null;
  judged: MissingCause | null;
  /** Null until the bid's fate is decided. */
  status: BidStatus | null;
  code: string | null;
  files: readonly SealedFile[];
  form: BidForm | null;
  formFault: string | null;
  confirmed: { at: string; objection: string | null; answer: string | null } | null;
}

export interface PostedPartial extends Proof {
  bidDigest: string;
  member: number;
  D: string;
  version: number;
}

export interface WithdrawnChain {
  partyId: string;
  acts: readonly BidAct[];
  receipts: readonly SealReceipt[];
}

export interface Opening {
  lotId: string;
  state: OpeningStatus;
  tenderId: string;
  deadline: string;
  beganAt: string;
  sandbox: boolean;
  platformKey: string;
  ceremony: SealCeremony;
  bids: ReadonlyMap<string, BidAtOpening>;
  withdrawn: readonly WithdrawnChain[];
  /** Receipts are gathered once all acts are numbered, moments after the freeze. */
  receiptsGathered: boolean;
  freeze: { digests: readonly string[]; listRoot: string; sig: string; version: number } | null;
  keysFrozen: { missing: readonly { bidDigest: string; cause: MissingCause }[]; sig: string; version: number } | null;
  partials: readonly PostedPartial[];
  rejected: readonly PostedPartial[];
  consents: Consents;
  /** The hold of a pause. */
  hold: string | null;
  failure: { bids: number; required: number } | null;
  readOutAt: string | null;
  closed: { at: string; recordSha256: string } | null;
}

/** Is the command a move of the opening's present state? */
export function mayMove(opening: Opening, command: OpeningCommand): boolean {
  return next(openingStates, opening.state, command) !== undefined;
}

/** Bids whose key is here, in ascending order of digest: only these may be opened. */
export function presentBids(opening: Opening): BidAtOpening[] {
  return [...opening.bids.values()].filter((bid) => bid.key !== null).sort(byDigest);
}

/** Bids without a key. */
export function missingBids(opening: Opening): BidAtOpening[] {
  return [...opening.bids.values()].filter((bid) => bid.key === null).sort(byDigest);
}

export function byDigest(a: { bidDigest: string }, b: { bidDigest: string }): number {
  return a.bidDigest < b.bidDigest ? -1 : 1;
}

/** Does every present bid have t valid partials? */
export function partialsComplete(opening: Opening): boolean {
  const count = (digest: string) => opening.partials.filter(({ bidDigest }) => bidDigest === digest).length;
  return presentBids(opening).every(({ bidDigest }) => count(bidDigest) >= opening.ceremony.t);
}

/** Commands by which a posting moves the opening. */
const moves: Readonly<Record<string, OpeningCommand>> = {
  "opn.extended": "extend",
  "opn.paused": "pause",
  "opn.resumed": "resume",
  "opn.judgementDue": "endWindow",
  "opn.keysFrozen": "freezeKeys",
  "opn.partialsComplete": "completePartials",
  "opn.unsealed": "unseal",
  "opn.readOut": "readOut",
  "opn.failed": "fail",
  "opn.closed": "close",
};

export function evolveOpening(opening: Opening | undefined, event: RecordedEvent): Opening {
  if (event.type === "opn.begun") return begun(event);
  if (!opening) throw new Error(`${event.type} comes before opn.begun`);
  const command = moves[event.type];
  const state = command ? next(openingStates, opening.state, command) : opening.state;
  if (state === undefined) throw new Error(`an opening that is ${opening.state} cannot ${command}`);
  return { ...opening, ...changes(opening, event), state, consents: evolveConsents(opening.consents, event) };
}

function begun({ data, at }: RecordedEvent): Opening {
  const { lotId, tenderId, deadline, sandbox, platformKey, ceremony } = data;
  return {
    lotId,
    state: "decrypting",
    tenderId,
    deadline,
    beganAt: at,
    sandbox,
    platformKey,
    ceremony,
    bids: new Map(),
    withdrawn: data.withdrawn.map((chain: Omit<WithdrawnChain, "receipts">) => ({ ...chain, receipts: [] })),
    receiptsGathered: false,
    freeze: null,
    keysFrozen: null,
    partials: [],
    rejected: [],
    consents: new Map(),
    hold: null,
    failure: null,
    readOutAt: null,
    closed: null,
  };
}

function changes(opening: Opening, event: RecordedEvent): Partial<Opening> {
  const { type, data, version, at } = event;
  switch (type) {
    case "bid.listed":
      return { bids: new Map(opening.bids).set(data.bidDigest, listed(event)) };
    case "opn.frozen":
      return { freeze: { digests: data.digests, listRoot: data.listRoot, sig: data.sig, version } };
    case "opn.receiptsGathered":
      return gathered(opening, data);
    case "opn.keysFrozen":
      return { keysFrozen: { missing: data.missing, sig: data.sig, version } };
    case "opn.partialPosted":
      return { partials: [...opening.partials, { ...partialOf(data), version }] };
    case "opn.partialRejected":
      return { rejected: [...opening.rejected, { ...partialOf(data), version }] };
    case "opn.paused":
      return { hold: data.hold };
    case "opn.resumed":
      return { hold: null };
    case "opn.failed":
      return { failure: { bids: data.bids, required: data.required } };
    case "opn.readOut":
      return { readOutAt: at };
    case "opn.objectionAnswered":
      return answered(opening, data);
    case "opn.closed":
      return { closed: { at, recordSha256: data.recordSha256 } };
    default:
      return typeof data.bidDigest === "string" ? withBid(opening, data.bidDigest, changesOfBid(event)) : {};
  }
}

function changesOfBid({ type, data, version, at }: RecordedEvent): Partial<BidAtOpening> {
  switch (type) {
    case "opn.attended":
      return { attendedAt: at };
    case "bid.keyDelivered":
      return { key: { kb: data.kb, via: data.via, at, version }, judged: null };
    case "opn.missingJudged":
      return { judged: data.cause };
    case "bid.revoked":
      return { status: "revoked" };
    case "bid.voidedAsWithdrawn":
      return { status: "withdrawn" };
    case "bid.unsealed":
      return { status: "opened", files: data.files, form: data.form, formFault: data.formFault };
    case "bid.unsealFailed":
      return { status: "invalid", code: data.code };
    case "opn.confirmed":
      return { confirmed: { at, objection: data.objection, answer: null } };
    default:
      return {};
  }
}

function withBid(opening: Opening, digest: string, change: Partial<BidAtOpening>): Partial<Opening> {
  const bid = opening.bids.get(digest);
  return bid ? { bids: new Map(opening.bids).set(digest, { ...bid, ...change }) } : {};
}

function answered(opening: Opening, { bidDigest, answer }: RecordedEvent["data"]): Partial<Opening> {
  const confirmed = opening.bids.get(bidDigest)?.confirmed;
  return confirmed ? withBid(opening, bidDigest, { confirmed: { ...confirmed, answer } }) : {};
}

function listed({ data }: RecordedEvent): BidAtOpening {
  const { bidDigest, partyId, organisation, name, header, root, cipherSize, signKey, sig, submission, acts, deposit } = data;
  const place = { bidDigest, partyId, organisation, name, header, root, cipherSize, signKey, sig, submission, acts, deposit };
  const open = { attendedAt: null, key: null, judged: null, status: null, code: null, form: null, formFault: null, confirmed: null };
  return { ...place, ...open, receipts: [], files: [] };
}

function gathered(opening: Opening, data: RecordedEvent["data"]): Partial<Opening> {
  const bids = new Map([...opening.bids].map(([digest, bid]) => [digest, { ...bid, receipts: data.bids[digest] as SealReceipt[] }]));
  const withdrawn = opening.withdrawn.map((chain) => ({ ...chain, receipts: data.withdrawn[chain.partyId] as SealReceipt[] }));
  return { bids, withdrawn, receiptsGathered: true };
}

function partialOf({ bidDigest, member, D, c, z }: RecordedEvent["data"]): Omit<PostedPartial, "version"> {
  return { bidDigest, member, D, c, z };
}
