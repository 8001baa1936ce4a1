/** A session in the hand of a test: pure, driven offer by offer and millisecond by millisecond. */
import { type Auction, type AuctionFact, applyFact, type OfferAnswer, scheduledAuction } from "../auction.ts";
import { judgeOffer } from "../judge-offer.ts";
import { closesAtOnce, nextMove, stopFact } from "../move-on.ts";
import type { Terms } from "../terms.ts";

/** Ascending, 100 yuan and steps of 1 yuan: 60 s free, then countdowns of 180 s. */
export const ascendingTerms: Terms = {
  mode: "ascending",
  better: "higher",
  startFen: "10000",
  stepFen: "100",
  onLadder: true,
  capSteps: 50,
  ownLead: false,
  lastCallFen: null,
  callEveryMs: null,
  phases: [
    { name: "free", lastsMs: 60_000, against: "lead", restarts: false, once: false, shows: "all", needsOffer: false },
    { name: "timed", lastsMs: 180_000, against: "lead", restarts: true, once: false, shows: "all", needsOffer: false },
  ],
  tie: "earliest",
  scores: null,
  priority: null,
};

export class Session {
  readonly auction: Auction;
  readonly facts: AuctionFact[] = [];
  #offers = 0;

  /** @param numbers how many bidders have a number; they start at 1. */
  constructor(terms: Terms = ascendingTerms, numbers = 4, startsAt = 0) {
    this.auction = scheduledAuction("auc_00000000000000000000000001", { lotId: "lot_00000000000000000000000001", terms, startsAt });
    for (let number = 1; number <= numbers; number++)
      this.take({ type: "auc.admitted", at: startsAt, data: { number, key: `key of ${number}` } });
  }

  take(fact: AuctionFact | undefined): void {
    if (!fact) return;
    this.facts.push(fact);
    applyFact(this.auction, fact);
  }

  /** Lets time pass: everything that is due by then happens. */
  passTo(at: number): this {
    for (let move = nextMove(this.auction, at); move; move = nextMove(this.auction, at)) this.take(move);
    return this;
  }

  /** An offer that arrives at that instant; the answer. */
  offer(number: number, yuan: number, at: number): OfferAnswer {
    this.passTo(at);
    this.#offers += 1;
    const offerId = `offer-${String(this.#offers).padStart(12, "0")}`;
    const offer = {
      auction: this.auction.stream,
      offerId,
      number,
      priceFen: String(Math.round(yuan * 100)),
      lastSeqSeen: this.auction.seq,
    };
    this.take(judgeOffer(this.auction, offer, at));
    if (closesAtOnce(this.auction)) this.take(stopFact(this.auction, at));
    return this.auction.answers.get(offerId) as OfferAnswer;
  }
}
