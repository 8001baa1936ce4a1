/**
 * What a hall shows: numbers and prices, the effective end, and what happened, made from committed events only. It names
 * nobody, and shows of prices what the running phase allows: all, the best after the phase, or nothing before the end.
 */
import type { Instant } from "../../kernel/index.ts";
import type { RecordedEvent } from "../../record/index.ts";
import { boardWords } from "./board-words.ts";
import { isBetter, type Phase, type Terms } from "./terms.ts";

export interface ShownOffer {
  seq: number;
  number: number;
  priceFen: string;
  at: Instant;
}

export interface BoardFrame {
  /** The version of the stream up to which this frame tells. */
  version: number;
  status: string;
  phase: string | null;
  /** The only end that is ever shown. */
  endsAt: Instant | null;
  best: ShownOffer | null;
  outcome: string | null;
  /** Accepted offers since the last frame; in a snapshot the latest of all. */
  offers: ShownOffer[];
  notices: { at: Instant; type: string; words: { zh: string; en: string } }[];
}

const ladderLength = 50;

export class Board {
  readonly terms: Terms;
  readonly lotId: string;
  readonly startsAt: Instant;
  #version = 1;
  #status = "scheduled";
  #phase: Phase | null = null;
  #endsAt: Instant | null = null;
  /** The best that may be shown, and the best there is. */
  #shown: ShownOffer | null = null;
  #best: ShownOffer | null = null;
  #outcome: string | null = null;
  #ladder: ShownOffer[] = [];
  #notices: BoardFrame["notices"] = [];
  #freshOffers: ShownOffer[] = [];
  #freshNotices: BoardFrame["notices"] = [];
  #standing = new Map<number, ShownOffer>();

  /** @param scheduled the first event of the session's stream. */
  constructor(scheduled: RecordedEvent) {
    this.terms = scheduled.data.terms;
    this.lotId = scheduled.data.lotId;
    this.startsAt = scheduled.data.startsAt;
  }

  take({ type, version, at, data }: RecordedEvent): void {
    this.#version = version;
    if (type === "auc.offered")
      this.#takeOffer({ seq: data.seq, number: data.number, priceFen: data.priceFen, at: Date.parse(at) }, data.endsAt);
    else if (type !== "auc.offerRefused") this.#takeMove(type, Date.parse(at), data);
  }

  snapshot(): BoardFrame {
    return this.#frame(this.#ladder, this.#notices);
  }

  /** What is new since the last call. */
  frame(): BoardFrame {
    const frame = this.#frame(this.#freshOffers, this.#freshNotices);
    this.#freshOffers = [];
    this.#freshNotices = [];
    return frame;
  }

  #frame(offers: ShownOffer[], notices: BoardFrame["notices"]): BoardFrame {
    const phase = this.#phase?.name ?? null;
    return {
      version: this.#version,
      status: this.#status,
      phase,
      endsAt: this.#endsAt,
      best: this.#shown,
      outcome: this.#outcome,
      offers: [...offers],
      notices: [...notices],
    };
  }

  #takeOffer(offer: ShownOffer, endsAt: Instant): void {
    this.#endsAt = endsAt;
    this.#standing.set(offer.number, offer);
    if (!this.#best || isBetter(this.terms, BigInt(offer.priceFen), BigInt(this.#best.priceFen))) this.#best = offer;
    if (this.#phase?.shows !== "all") return;
    this.#shown = this.#best;
    this.#ladder = [...this.#ladder.slice(1 - ladderLength), offer];
    this.#freshOffers.push(offer);
  }

  #takeMove(type: string, at: Instant, data: RecordedEvent["data"]): void {
    this.#status = statusAfter[type] ?? this.#status;
    if ("endsAt" in data || type === "auc.paused") this.#endsAt = data.endsAt ?? null;
    if (type === "auc.excluded") this.#exclude(data.number);
    if (type === "auc.started" || type === "auc.advanced") this.#enterPhase(data.phase);
    if ("outcome" in data) this.#settle(data, at);
    if (type === "auc.stopped") this.#shown = this.#best;
    const words = boardWords(type, data);
    if (!words) return;
    const notice = { at, type, words };
    this.#notices = [...this.#notices.slice(1 - ladderLength), notice];
    this.#freshNotices.push(notice);
  }

  #enterPhase(phase: number): void {
    if (this.#phase?.shows === "best") this.#shown = this.#best;
    this.#phase = this.terms.phases[phase] ?? null;
  }

  #exclude(number: number): void {
    this.#standing.delete(number);
    this.#best = [...this.#standing.values()].reduce<ShownOffer | null>(
      (best, offer) => (!best || isBetter(this.terms, BigInt(offer.priceFen), BigInt(best.priceFen)) ? offer : best),
      null,
    );
    if (this.#phase?.shows === "all") this.#shown = this.#best;
  }

  #settle({ outcome, number, priceFen }: RecordedEvent["data"], at: Instant): void {
    this.#outcome = outcome;
    this.#endsAt = null;
    this.#shown = number === null ? null : { seq: this.#best?.seq ?? 0, number, priceFen, at };
  }
}

const statusAfter: Readonly<Record<string, string>> = {
  "auc.started": "live",
  "auc.paused": "paused",
  "auc.resumed": "live",
  "auc.stopped": "matching",
  "auc.matched": "ended",
  "auc.waived": "ended",
  "auc.ended": "ended",
  "auc.cancelled": "cancelled",
};
