/**
 * The session of one auction as its stream tells it. The stream begins with the terms and holds every offer,
 * accepted or refused, in order of arrival: whoever folds it gets the same prices, the same ends and the same
 * winner, on any machine, without a clock. The fold changes the state in place, because it runs for each of tens
 * of thousands of offers a second; nobody but its owner ever holds that state.
 */
import { type CommandOf, type Instant, next, type StateOf } from "../../kernel/index.ts";
import type { EventFields, RecordedEvent } from "../../record/index.ts";
import { auctionStates } from "./auction.states.ts";
import { isBetter, type Terms } from "./terms.ts";

export type AuctionStatus = StateOf<typeof auctionStates>;

export interface Standing {
  number: number;
  priceFen: bigint;
  seq: number;
  at: Instant;
}

/** What a bidder was or will be answered. It comes from the record alone, so a repeated offer gets the same answer after a fail-over. */
export interface OfferAnswer {
  offerId: string;
  number: number;
  priceFen: string;
  accepted: boolean;
  /** Why not; null when accepted. */
  code: string | null;
  /** The price that would have been accepted; null where none would. */
  wantedFen: string | null;
  seq: number;
  arrivedAt: Instant;
  endsAt: Instant | null;
}

export interface Auction {
  stream: string;
  lotId: string;
  terms: Terms;
  startsAt: Instant;
  status: AuctionStatus;
  /** Session keys by number, compressed P-256. */
  keys: Map<number, string>;
  excluded: Set<number>;
  phase: number;
  phaseBeganAt: Instant;
  /** The effective end, the only one that anybody is told: of the phase, or of the time to match. */
  endsAt: Instant | null;
  /** Numbers of a tie round; null when everybody may offer. */
  racing: ReadonlySet<number> | null;
  best: Standing | null;
  own: Map<number, Standing>;
  offeredInPhase: Set<number>;
  answers: Map<string, OfferAnswer>;
  seq: number;
  version: number;
  /** The instant of the latest fact. */
  lastAt: Instant;
  /** While paused: until when the price was called. */
  lastCallAt: Instant;
  pausedFor: string | null;
  outcome: "sold" | "passedIn" | null;
}

/** A fact about a session before it has its place in the stream. */
export interface AuctionFact {
  type: AuctionFactType;
  at: Instant;
  data: EventFields;
}

type Change = (auction: Auction, data: EventFields, at: Instant) => void;

const changes = {
  "auc.admitted": (auction, { number, key }) => {
    auction.keys.set(number, key);
  },
  "auc.excluded": (auction, { number }) => {
    auction.excluded.add(number);
    auction.own.delete(number);
    auction.best = bestOf(auction);
  },
  "auc.started": beginPhase,
  "auc.advanced": beginPhase,
  "auc.offered": (auction, data, at) => {
    const fresh = { number: data.number, priceFen: BigInt(data.priceFen), seq: data.seq, at };
    const mine = auction.own.get(fresh.number);
    // Who stays at its price in a further round keeps the place in time that it had.
    const standing = mine?.priceFen === fresh.priceFen ? mine : fresh;
    auction.own.set(standing.number, standing);
    auction.offeredInPhase.add(standing.number);
    if (!auction.best || isBetter(auction.terms, standing.priceFen, auction.best.priceFen)) auction.best = standing;
    auction.endsAt = data.endsAt;
    keepAnswer(auction, data, at);
  },
  "auc.offerRefused": keepAnswer,
  "auc.paused": (auction, data) => {
    auction.endsAt = null;
    auction.lastCallAt = data.until;
    auction.pausedFor = data.cause;
  },
  "auc.resumed": (auction, data) => {
    auction.pausedFor = null;
    auction.phaseBeganAt = data.phaseBeganAt;
    auction.endsAt = data.endsAt;
  },
  "auc.stopped": (auction, data) => {
    auction.endsAt = data.endsAt;
  },
  "auc.matchExtended": (auction, data) => {
    auction.endsAt = data.endsAt;
  },
  "auc.matched": settle,
  "auc.waived": settle,
  "auc.ended": settle,
  "auc.cancelled": (auction) => {
    auction.endsAt = null;
  },
} as const satisfies Record<string, Change>;

export type AuctionFactType = keyof typeof changes;

/** The command of the state table that each fact answers; a refused offer moves nothing. */
const commandOf: Readonly<Record<Exclude<AuctionFactType, "auc.offerRefused">, CommandOf<typeof auctionStates>>> = {
  "auc.admitted": "admit",
  "auc.excluded": "exclude",
  "auc.started": "start",
  "auc.advanced": "advance",
  "auc.offered": "offer",
  "auc.paused": "pause",
  "auc.resumed": "resume",
  "auc.stopped": "stop",
  "auc.matchExtended": "extendMatch",
  "auc.matched": "match",
  "auc.waived": "waive",
  "auc.ended": "end",
  "auc.cancelled": "cancel",
};

/** A session before its first fact. */
export function scheduledAuction(stream: string, plan: { lotId: string; terms: Terms; startsAt: Instant }): Auction {
  return {
    ...plan,
    stream,
    status: auctionStates.initial as AuctionStatus,
    keys: new Map(),
    excluded: new Set(),
    phase: -1,
    phaseBeganAt: plan.startsAt,
    endsAt: null,
    racing: null,
    best: null,
    own: new Map(),
    offeredInPhase: new Set(),
    answers: new Map(),
    seq: 0,
    version: 1,
    lastAt: plan.startsAt,
    lastCallAt: plan.startsAt,
    pausedFor: null,
    outcome: null,
  };
}

/** Changes the session in place. @throws Error for a fact that is no move of its state: a fault of whoever decided it. */
export function applyFact(auction: Auction, { type, at, data }: AuctionFact): void {
  if (type !== "auc.offerRefused") {
    const status = next(auctionStates, auction.status, commandOf[type]);
    if (status === undefined) throw new Error(`${type} is no move of an auction that is ${auction.status}`);
    auction.status = status;
  }
  changes[type](auction, data, at);
  auction.version += 1;
  auction.lastAt = Math.max(auction.lastAt, at);
}

/** Folds the stream of a session. */
export function foldAuction(events: readonly RecordedEvent[]): Auction | undefined {
  const [first, ...rest] = events;
  if (first?.type !== "auc.scheduled") return undefined;
  const auction = scheduledAuction(first.stream, { lotId: first.data.lotId, terms: first.data.terms, startsAt: first.data.startsAt });
  for (const event of rest) applyFact(auction, { type: event.type as AuctionFactType, at: Date.parse(event.at), data: event.data });
  return auction;
}

/** The answer that an offer's fact stands for. */
export function answerOf(data: EventFields, at: Instant): OfferAnswer {
  const { offerId, number, priceFen, seq } = data;
  const code: string | null = data.code ?? null;
  return {
    offerId,
    number,
    priceFen,
    accepted: code === null,
    code,
    wantedFen: data.wantedFen ?? null,
    seq,
    arrivedAt: at,
    endsAt: data.endsAt,
  };
}

function keepAnswer(auction: Auction, data: EventFields, at: Instant): void {
  auction.seq = data.seq;
  auction.answers.set(data.offerId, answerOf(data, at));
}

function beginPhase(auction: Auction, data: EventFields): void {
  auction.phase = data.phase;
  auction.phaseBeganAt = data.phaseBeganAt;
  auction.endsAt = data.endsAt;
  auction.racing = data.racing ? new Set(data.racing as number[]) : null;
  auction.offeredInPhase.clear();
}

function settle(auction: Auction, data: EventFields, at: Instant): void {
  auction.endsAt = null;
  auction.outcome = data.outcome;
  auction.best = data.number === null ? null : { number: data.number, priceFen: BigInt(data.priceFen), seq: auction.seq, at };
}

/** The best standing offer; of equal ones the earlier. */
function bestOf(auction: Auction): Standing | null {
  let best: Standing | null = null;
  for (const standing of auction.own.values()) {
    const better = !best || isBetter(auction.terms, standing.priceFen, best.priceFen);
    if (better || (best && standing.priceFen === best.priceFen && standing.seq < best.seq)) best = standing;
  }
  return best;
}
