/** A session on a real database with a sequencer of its own, bidders with keys, and a clock in the test's hand. */
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../../../../formats/bytes.ts";
import { signOffer } from "../../../../formats/offer.ts";
import { type Random, seededRandom } from "../../../kernel/index.ts";
import { append, type RecordedEvent, readStream, Views } from "../../../record/index.ts";
import { type Pool, transaction } from "../../../runtime/database/index.ts";
import type { AuctionFact } from "../auction.ts";
import { Lease } from "../lease.ts";
import { Sequencer, type SequencerOptions } from "../sequencer.ts";
import type { Terms } from "../terms.ts";
import { ascendingTerms } from "./session.ts";

export const beginning = Date.parse("2026-11-23T02:00:00.000Z");

/** A clock that stands until it is moved. */
export class HandClock {
  time = beginning;
  readonly tempo = 0;
  now(): number {
    return this.time;
  }
}

export interface HallWish {
  pool: Pool;
  bidders?: number;
  terms?: Terms;
  options?: Partial<SequencerOptions>;
}

export class TestHall {
  readonly stream: string;
  readonly clock = new HandClock();
  readonly faults: unknown[] = [];
  readonly random: Random;
  sequencer!: Sequencer;
  lease!: Lease;
  readonly #wish: HallWish;
  readonly #secrets: Uint8Array[];
  #offers = 0;

  private constructor(wish: HallWish, seed: string) {
    this.#wish = wish;
    this.random = seededRandom(seed);
    this.stream = `auc_${"0".repeat(25)}${seed.length % 10}`;
    this.#secrets = Array.from({ length: wish.bidders ?? 4 }, () => p256.utils.randomSecretKey(this.random.bytes(48)));
  }

  /** Opened, everybody admitted, in the free period. */
  static async open(wish: HallWish, seed = "auction"): Promise<TestHall> {
    const hall = new TestHall(wish, seed);
    await schedule(wish.pool, hall.stream, wish.terms ?? ascendingTerms);
    await hall.takeOver();
    for (const [index, secret] of hall.#secrets.entries())
      await hall.move(() => ({
        type: "auc.admitted",
        at: hall.clock.time,
        data: { number: index + 1, key: hex(p256.getPublicKey(secret)) },
      }));
    return hall;
  }

  /** Another sequencer takes the shard over, as after a fail-over. */
  async takeOver(): Promise<void> {
    const { pool, options } = this.#wish;
    this.lease = await Lease.take(pool, 0);
    this.sequencer = new Sequencer({
      pool,
      lease: this.lease,
      random: (bytes) => this.random.bytes(bytes),
      clock: this.clock,
      onFault: (error) => this.faults.push(error),
      ...options,
    });
    await this.sequencer.open(this.stream);
  }

  close(): void {
    this.sequencer.close();
    this.lease.release();
  }

  signed(number: number, yuan: number, offerId = this.nextId()) {
    const offer = { auction: this.stream, offerId, number, priceFen: String(yuan * 100), lastSeqSeen: 0 };
    return signOffer(offer, this.#secrets[number - 1] as Uint8Array);
  }

  nextId(): string {
    this.#offers += 1;
    return `offer-${String(this.#offers).padStart(12, "0")}`;
  }

  move(decide: () => AuctionFact | undefined) {
    return this.sequencer.move(this.stream, decide, this.nextId());
  }

  record(): Promise<RecordedEvent[]> {
    return readStream(this.#wish.pool, this.stream);
  }
}

export async function schedule(pool: Pool, stream: string, terms: Terms): Promise<void> {
  const at = new Date(beginning).toISOString();
  const data = { lotId: stream.replace("auc_", "lot_"), terms, startsAt: beginning };
  await transaction(pool, (tx) => appendBeside(tx, { stream, type: "auc.scheduled", data }, at));
}

/** Another writer on the stream, who knows nothing of the sequencer. */
export function appendBeside(tx: Parameters<typeof append>[0], fresh: Parameters<typeof append>[1][number], at: string) {
  const cause = { at, actor: "system", membership: null, commandId: "cmd_beside", act: null };
  return append(tx, [fresh], { cause, random: (bytes) => seededRandom("beside").bytes(bytes), views: new Views([]) });
}
