/** A party's own chain of bids: found by its tag, opened by the keeper for that party only. */
import type { Queryable } from "../../record/index.ts";
import { type ActContext, type Numbered, ownSealedActs, type ReadContext } from "../transaction/index.ts";
import { type BidChain, chainOf } from "./bid.ts";
import { receiptsOf, suiteOfLot } from "./receipts.ts";

type Own = Pick<ReadContext, "lot" | "platform" | "actor"> & { tx: Queryable };

/** @throws without an actor: a visitor has no bids. */
export async function ownChain(context: Own): Promise<BidChain> {
  const { lot, platform, actor } = context;
  if (!actor) throw new Error("nobody asks for their own bid");
  const { partyId } = await platform.keeper.tagOf(lot.id, actor.organisationId);
  return { organisation: actor.organisationId, partyId, acts: chainOf(await ownSealedActs(context)) };
}

/**
 * One party's acts come one after the other: without this two versions could be sealed on the same
 * predecessor. The lock is named by the party's opaque tag.
 */
export async function lockParty({ tx, lot, platform, actor }: ActContext): Promise<void> {
  const { tag } = await platform.keeper.tagOf(lot.id, actor.organisationId);
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))", [tag]);
}

/** Replaces the kept answer by the receipt, once the act has its number. */
export async function answerWithReceipt(context: Numbered, result: Record<string, unknown>): Promise<Record<string, unknown>> {
  const stream = result.stream as string;
  await context.placeOf(stream);
  const chain = await ownChain(context);
  const until = chain.acts.findIndex((act) => act.stream === stream) + 1;
  const receipts = receiptsOf({
    ...context,
    ...chain,
    acts: chain.acts.slice(0, until),
    suite: await suiteOfLot(context.tx, context.lot.id),
  });
  return { receipt: receipts.at(-1) };
}
