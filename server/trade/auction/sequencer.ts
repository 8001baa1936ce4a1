/**
 * The sequencer of a shard of auctions. It holds the sessions in memory, judges each offer at once in the order in which
 * it came, and answers only after the commit that holds the outcome; offers that come while a batch is on its way to the
 * disk share the next one (`ManyAppender`). Where another writer has moved a stream, the version of that stream refuses
 * the batch: nobody is answered, the session is folded afresh from the record, and its countdown runs again in full.
 */
import type { Offer } from "../../../formats/offer.ts";
import { type Clock, type Instant, instantText } from "../../kernel/index.ts";
import { type Cause, headOf, ManyAppender, type RecordedEvent, readStream } from "../../record/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { type Auction, type AuctionFact, answerOf, applyFact, foldAuction, type OfferAnswer } from "./auction.ts";
import { judgeOffer } from "./judge-offer.ts";
import type { Lease } from "./lease.ts";
import { closesAtOnce, matchDrainMs, nextMove, restoreFacts, stopFact } from "./move-on.ts";

export interface SequencerOptions {
  pool: Pool;
  lease: Lease;
  random: (bytes: number) => Uint8Array;
  /** Trade time that does not follow steps of the machine's clock. */
  clock: Clock & { tempo?: number };
  /** Outcomes that may wait for their commit; beyond it offers are turned away with a time to come back. */
  waitingLimit?: number;
  /** After each commit, in order: feeds the halls. */
  told?: (event: RecordedEvent) => void;
  /** After each commit: wakes the numberer. */
  committed?: () => void;
  onFault: (error: unknown) => void;
}

/** Too many offers wait: this one was not judged, and the same one may come again. */
export class Overloaded extends Error {
  readonly retryAfterMs = 500;
}

/** The session is being restored, or its batch failed: nothing is known to be kept, and the same offer may come again. */
export class Restoring extends Error {
  readonly retryAfterMs = 200;
}

/** The id was used for another offer. */
export class OfferIdReused extends Error {}

/** Proof that the offer is its number's: what the record keeps beside it. */
export type OfferProof = NonNullable<Cause["act"]>;

const defaultWaitingLimit = 4096;
const longestSleepMs = 1000;

interface Running {
  auction: Auction;
  /** Outcomes whose commit is not known yet, by offer id. */
  waiting: Map<string, Promise<OfferAnswer>>;
}

export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #appender: ManyAppender;
  readonly #sessions = new Map<string, Running>();
  readonly #restoring = new Map<string, Promise<void>>();
  #waiting = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(options: SequencerOptions) {
    this.#options = options;
    this.#appender = new ManyAppender({ pool: options.pool, random: options.random, onCommit: () => options.committed?.() });
  }

  /** Takes over a session from the record; one that ran is paused and runs again in full, and everybody is told. */
  async open(stream: string): Promise<void> {
    const { pool, clock, lease } = this.#options;
    if (!(await lease.isHeld())) throw new Restoring("the lease of this shard is not ours");
    const head = await headOf(pool, stream);
    const auction = foldAuction(await readStream(pool, stream));
    if (!auction || auction.version !== head.version) throw new Restoring(`${stream} has another writer`);
    this.#appender.own(stream, head);
    const session: Running = { auction, waiting: new Map() };
    this.#sessions.set(stream, session);
    const at = Math.max(clock.now(), auction.lastAt);
    for (const make of restoreFacts(auction, at)) {
      const fact = make(auction);
      if (fact) await this.#write(session, fact, systemCause(at, `restore:${stream}:${auction.version}`));
    }
    this.#moveOn(session, clock.now());
    this.#arm();
  }

  /** The session as it stands in memory; what is not committed yet is in it too. For terms and keys, never for halls. */
  session(stream: string): Auction | undefined {
    return this.#sessions.get(stream)?.auction;
  }

  /** Judges one offer whose proof was checked. Resolves after its commit. @throws Overloaded, Restoring, OfferIdReused */
  offer(stream: string, offer: Offer, proof: OfferProof): Promise<OfferAnswer> {
    const session = this.#sessions.get(stream);
    if (!session) return Promise.reject(new Restoring(`${stream} is not open here`));
    const known = session.waiting.get(offer.offerId) ?? session.auction.answers.get(offer.offerId);
    if (known) return repeated(known, offer);
    if (this.#waiting >= (this.#options.waitingLimit ?? defaultWaitingLimit)) return Promise.reject(new Overloaded("too many offers wait"));
    const { auction } = session;
    const at = this.#now(auction);
    this.#moveOn(session, at);
    const answer = this.#judge(session, { offer, proof, at });
    session.waiting.set(offer.offerId, answer);
    if (closesAtOnce(auction)) this.#writeMove(session, stopFact(auction, at));
    // An end that moved away needs no new timer: the old one wakes, finds nothing due, and looks again.
    if (dueOf(auction) < this.#timerAt) this.#arm();
    return answer;
  }

  /** A move that people or the house will: admission, exclusion, pause, resumption, match. Resolves after its commit; undefined when it is no move now. */
  async move(
    stream: string,
    decide: (auction: Auction, at: Instant) => AuctionFact | undefined,
    commandId: string,
  ): Promise<RecordedEvent | undefined> {
    await this.#restoring.get(stream);
    const session = this.#sessions.get(stream);
    if (!session) throw new Restoring(`${stream} is not open here`);
    const at = this.#now(session.auction);
    this.#moveOn(session, at);
    const fact = decide(session.auction, at);
    const event = fact && (await this.#write(session, fact, systemCause(at, commandId)));
    this.#arm();
    return event;
  }

  /** Judges what is due now: for clocks that jump. */
  tick(): void {
    for (const session of this.#sessions.values()) this.#moveOn(session, this.#now(session.auction));
    this.#arm();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#sessions.clear();
  }

  async #judge(session: Running, { offer, proof, at }: { offer: Offer; proof: OfferProof; at: Instant }): Promise<OfferAnswer> {
    const cause: Cause = { at: instantText(at), actor: "sealed", membership: null, commandId: offer.offerId, act: proof };
    this.#waiting += 1;
    try {
      const event = await this.#write(session, judgeOffer(session.auction, offer, at), cause);
      return answerOf(event.data, at);
    } finally {
      this.#waiting -= 1;
      session.waiting.delete(offer.offerId);
    }
  }

  #now(auction: Auction): Instant {
    return Math.max(this.#options.clock.now(), auction.lastAt);
  }

  #moveOn(session: Running, at: Instant): void {
    for (let fact = nextMove(session.auction, at); fact; fact = nextMove(session.auction, at)) this.#writeMove(session, fact);
  }

  #writeMove(session: Running, fact: AuctionFact): void {
    const { stream, version } = session.auction;
    void this.#write(session, fact, systemCause(fact.at, `auction:${stream}:${version}`)).catch(() => undefined);
  }

  /** Into memory at once, into the record with the next batch. A failed batch ends this state: nothing of it was promised. */
  async #write(session: Running, { type, at, data }: AuctionFact, cause: Cause): Promise<RecordedEvent> {
    const { auction } = session;
    applyFact(auction, { type, at, data });
    try {
      const event = await this.#appender.append({ stream: auction.stream, type, data }, cause);
      this.#options.told?.(event);
      return event;
    } catch (error) {
      this.#restore(session, error);
      throw new Restoring(`the batch of ${auction.stream} was not kept`, { cause: error });
    }
  }

  #restore(session: Running, error: unknown): void {
    const { stream } = session.auction;
    if (this.#isClosed || this.#sessions.get(stream) !== session) return;
    this.#sessions.delete(stream);
    this.#options.onFault(error);
    const restored = this.open(stream)
      .catch(this.#options.onFault)
      .finally(() => this.#restoring.delete(stream));
    this.#restoring.set(stream, restored);
  }

  #arm(): void {
    const { clock } = this.#options;
    let due = Number.POSITIVE_INFINITY;
    for (const { auction } of this.#sessions.values()) due = Math.min(due, dueOf(auction));
    if (due === this.#timerAt && this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = due;
    if (this.#isClosed || due === Number.POSITIVE_INFINITY) return;
    const wait = Math.ceil((due - clock.now()) / (clock.tempo || 1));
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(wait, 1), longestSleepMs));
    this.#timer.unref();
  }

  #wake(): void {
    this.#timer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.tick();
  }
}

/** The same offer again gets the answer of the first, and is no second one. */
async function repeated(known: OfferAnswer | Promise<OfferAnswer>, { number, priceFen, offerId }: Offer): Promise<OfferAnswer> {
  const answer = await known;
  if (answer.number !== number || answer.priceFen !== priceFen) throw new OfferIdReused(offerId);
  return answer;
}

/** The first instant at which time alone moves a session: its start, or one millisecond after its effective end. */
function dueOf({ status, startsAt, endsAt }: Auction): Instant {
  if (status === "scheduled") return startsAt;
  if (endsAt === null) return Number.POSITIVE_INFINITY;
  return endsAt + 1 + (status === "matching" ? matchDrainMs : 0);
}

function systemCause(at: Instant, commandId: string): Cause {
  return { at: instantText(at), actor: "system", membership: null, commandId, act: null };
}
