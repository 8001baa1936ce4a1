/**
 * The yardstick of the auction: what one writes first. One transaction per offer: lock the lot's row, judge, write the
 * event row (same text, salt, commitment, hash chain and indexes as the record's), move the lot, commit.
 */
import { hash } from "node:crypto";
import type { Pool } from "pg";
import type { Random } from "../server/kernel/index.ts";
import { type Cause, commitmentOf, composeEvent } from "../server/record/index.ts";
import { transaction } from "../server/runtime/database/index.ts";
import type { Terms } from "../server/trade/auction/index.ts";

/** A free period that outlasts the cell; no cap, so that the generator is never refused by one. */
export const benchTerms: Terms = {
  mode: "ascending",
  better: "higher",
  startFen: "10000",
  stepFen: "100",
  onLadder: true,
  capSteps: null,
  ownLead: false,
  lastCallFen: null,
  callEveryMs: null,
  phases: [{ name: "free", lastsMs: 3_600_000, against: "lead", restarts: false, once: false, shows: "all", needsOffer: false }],
  tie: "earliest",
  scores: null,
  priority: null,
};

export async function makeYardstick(pool: Pool): Promise<void> {
  await pool.query(`CREATE SCHEMA yardstick;
    CREATE TABLE yardstick.event (LIKE record.event INCLUDING ALL);
    CREATE TABLE yardstick.lot (stream text PRIMARY KEY, price_fen bigint NOT NULL, leader int, seq int NOT NULL, version int NOT NULL, hash bytea NOT NULL)`);
}

interface PlainWish {
  stream: string;
  number: number;
  priceFen: bigint;
  proof: Cause["act"];
  random: Random;
  /** One bidder alone may go on over its own lead. */
  ownLead: boolean;
}

interface LotRow {
  price_fen: string;
  leader: number | null;
  seq: number;
  version: number;
  hash: Buffer;
}

let offers = 0;

export async function plainOffer(pool: Pool, wish: PlainWish): Promise<{ accepted: boolean; priceFen: bigint }> {
  return transaction(pool, async (tx) => {
    const { rows } = await tx.query<LotRow>({
      name: "yardstick-lock",
      text: "SELECT price_fen, leader, seq, version, hash FROM yardstick.lot WHERE stream = $1 FOR UPDATE",
      values: [wish.stream],
    });
    const lot = rows[0] as LotRow;
    const price = BigInt(lot.price_fen);
    // The first offer may be the starting price itself; the generator never asks for less than a step more.
    const accepted = wish.priceFen >= price + BigInt(benchTerms.stepFen) && (lot.leader !== wish.number || wish.ownLead);
    const { event, text } = composeEvent(factOf(wish, lot, accepted), lot.version + 1, causeOf(wish));
    const salt = wish.random.bytes(32);
    await tx.query({
      name: "yardstick-event",
      text: "INSERT INTO yardstick.event (stream, version, type, event, salt, commitment, previous) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      values: [event.stream, event.version, event.type, text, salt, commitmentOf(salt, text), lot.hash.length === 32 ? lot.hash : salt],
    });
    await tx.query({
      name: "yardstick-lot",
      text: "UPDATE yardstick.lot SET price_fen = $2, leader = $3, seq = seq + 1, version = version + 1, hash = $4 WHERE stream = $1",
      values: [wish.stream, String(accepted ? wish.priceFen : price), accepted ? wish.number : lot.leader, hash("sha256", text, "buffer")],
    });
    return { accepted, priceFen: accepted ? wish.priceFen : price };
  });
}

function factOf({ stream, number, priceFen }: PlainWish, { seq, price_fen }: LotRow, accepted: boolean) {
  offers += 1;
  const data = {
    offerId: `offer-${String(offers).padStart(14, "0")}`,
    number,
    priceFen: String(priceFen),
    lastSeqSeen: 0,
    seq: seq + 1,
    endsAt: Date.now(),
  };
  if (accepted) return { stream, type: "auc.offered", data };
  const wantedFen = String(BigInt(price_fen) + BigInt(benchTerms.stepFen));
  return { stream, type: "auc.offerRefused", data: { ...data, code: "auction.too-low", wantedFen } };
}

function causeOf({ proof }: PlainWish): Cause {
  return {
    at: new Date().toISOString(),
    actor: "sealed",
    membership: null,
    commandId: `offer-${String(offers).padStart(14, "0")}`,
    act: proof,
  };
}
