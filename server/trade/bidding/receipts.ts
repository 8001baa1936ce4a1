/**
 * Receipts (seal-v1 §6) are not stored: they follow from the sealed acts and their positions, and the
 * platform's signature is deterministic, so the same receipt can be made again at any time. A receipt
 * exists only when the body is durable and the act has its number.
 */
import { makeReceiptWith, type SealReceipt, type SuiteId } from "../../../formats/seal/index.ts";
import type { Queryable } from "../../record/index.ts";
import { ceremonyOf } from "../ceremony/index.ts";
import type { LotThread, Platform } from "../transaction/index.ts";
import type { BidAct } from "./bid.ts";

export interface ReceiptWish {
  lot: Pick<LotThread, "id" | "transactionId">;
  partyId: string;
  acts: readonly BidAct[];
  platform: Pick<Platform, "keys">;
  /** The lot's: the platform signs on its curve. */
  suite: SuiteId;
}

/** One envelope a bid; further parts come with the columns that have two. */
export const part = "all" as const;

/** The suite of a lot is that of its key ceremony; before it is sealed nothing of the lot is signed. */
export async function suiteOfLot(db: Queryable, lotId: string): Promise<SuiteId> {
  return (await ceremonyOf(db, lotId))?.suite ?? 1;
}

/** The receipts of a chain, in order. @throws when an act has no number yet. */
export function receiptsOf({ lot, partyId, acts, platform, suite }: ReceiptWish): SealReceipt[] {
  const receipts: SealReceipt[] = [];
  for (const { stream, position, action, version, bidDigest, receivedAt, deadline } of acts) {
    if (position === null) throw new Error(`${stream} is not numbered yet`);
    const header = { suite, tenderId: lot.transactionId, lotId: lot.id, part, bidderId: partyId, version };
    const fields = { header, action, bidDigest, receivedAt, deadline, evidenceSeq: position, previous: receipts.at(-1) ?? null };
    receipts.push(makeReceiptWith(fields, (message) => platform.keys.signFor(suite, message)));
  }
  return receipts;
}
