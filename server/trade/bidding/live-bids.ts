/**
 * At the gate: every party's chain of the lot, opened with the header secret that the keeper hands out
 * only for a recorded deadline. Before that nobody can call this, the platform included.
 */
import type { DecidingLot } from "../transaction/index.ts";
import { openSealedActs, type SealedAct } from "../transaction/index.ts";
import { type BidAct, type BidChain, chainOf, type LiveBid, liveAct } from "./bid.ts";
import { loadSubmission } from "./submission-file.ts";

/** Bids that stand at the deadline, in ascending order of their digests. */
export async function liveBids(context: DecidingLot, headerSecret: Uint8Array): Promise<LiveBid[]> {
  const bids: LiveBid[] = [];
  for (const chain of await chains(context, headerSecret)) {
    const live = liveAct(chain.acts);
    if (live) bids.push(await liveBid(context, chain, live));
  }
  return bids.sort((a, b) => (a.bidDigest < b.bidDigest ? -1 : 1));
}

/** Chains whose last act is a withdrawal, in ascending order of the party's id. */
export async function withdrawnChains(context: DecidingLot, headerSecret: Uint8Array): Promise<BidChain[]> {
  const withdrawn = (await chains(context, headerSecret)).filter(({ acts }) => !liveAct(acts));
  return withdrawn.sort((a, b) => (a.partyId < b.partyId ? -1 : 1));
}

async function chains(context: DecidingLot, headerSecret: Uint8Array): Promise<BidChain[]> {
  const byParty = new Map<string, SealedAct[]>();
  for (const act of await openSealedActs(context, headerSecret)) {
    byParty.set(act.payload.organisation, [...(byParty.get(act.payload.organisation) ?? []), act]);
  }
  return [...byParty].flatMap(([organisation, sealed]) => {
    const acts = chainOf(sealed);
    const partyId = sealed[0]?.payload.partyId ?? "";
    return acts.length > 0 ? [{ organisation, partyId, acts }] : [];
  });
}

async function liveBid({ platform }: DecidingLot, chain: BidChain, live: BidAct): Promise<LiveBid> {
  if (!live.submission) throw new Error(`the submission ${live.stream} names no file`);
  const { header, root, cipherSize, signKey, sig } = await loadSubmission(platform.files, live.submission);
  const { bidDigest, version, receivedAt, submission } = live;
  return { ...chain, header, root, cipherSize, signKey, sig, bidDigest, version, arrivedAt: receivedAt, submission };
}
