/**
 * The opening record `seal-opening/v1`: everything with which anybody can check that the opening was
 * done by the rules, in the order of the log (seal-v1 §7, §8). Made from the stream, never stored.
 */
import type { SealedBid, SealLog, SealOpening, SealOutcome, SealPartial } from "../../../formats/seal/index.ts";
import { type LogPlace, placesOf, type Queryable } from "../../record/index.ts";
import { part } from "../bidding/index.ts";
import { type BidAtOpening, byDigest, type Opening, type PostedPartial } from "./opening.ts";
import { openingOf, openingStream } from "./opening-stream.ts";

type Places = ReadonlyMap<number, LogPlace>;

/** The record of a lot; undefined before the bids were unsealed. */
export async function openingRecord(db: Queryable, lotId: string): Promise<SealOpening | undefined> {
  const opening = await openingOf(db, lotId);
  return opening && ["unsealed", "confirming", "closed"].includes(opening.state) ? recordOf(db, opening) : undefined;
}

/** @throws when a posting is not numbered yet, or the keys are not frozen. */
export async function recordOf(db: Queryable, opening: Opening): Promise<SealOpening> {
  const { freeze, keysFrozen, tenderId, lotId, deadline, platformKey, ceremony } = opening;
  if (!freeze || !keysFrozen || !opening.receiptsGathered) throw new Error(`the opening of ${lotId} is not complete`);
  const places: Places = await placesOf(db, openingStream(lotId));
  const bids = [...opening.bids.values()].sort(byDigest);
  return {
    format: "seal-opening/v1",
    suite: ceremony.suite,
    tenderId,
    lotId,
    part,
    deadline,
    platformKey,
    ceremony,
    bids: bids.map(sealedBid),
    withdrawn: opening.withdrawn.map(({ receipts }) => [...receipts]),
    freeze: { digests: [...freeze.digests], listRoot: freeze.listRoot, sig: freeze.sig, log: placeOf(places, freeze.version) },
    keyReleases: bids.flatMap(({ bidDigest, key }) =>
      key ? [{ bidDigest, kb: key.kb, via: key.via, log: placeOf(places, key.version) }] : [],
    ),
    keysFrozen: { missing: keysFrozen.missing.map((row) => ({ ...row })), sig: keysFrozen.sig, log: placeOf(places, keysFrozen.version) },
    partials: partials(places, opening.partials),
    rejected: partials(places, opening.rejected),
    outcomes: bids.map(outcomeOf),
  };
}

function sealedBid({ header, root, cipherSize, signKey, sig, receipts }: BidAtOpening): SealedBid {
  return { header, root, cipherSize, signKey, sig, receipts: [...receipts] };
}

function outcomeOf({ bidDigest, status, code, files }: BidAtOpening): SealOutcome {
  return { bidDigest, status: status ?? "unopened", code, files: files.map((file) => ({ ...file })) };
}

function partials(places: Places, posted: readonly PostedPartial[]): SealPartial[] {
  return posted
    .map(({ bidDigest, member, D, c, z, version }) => ({ bidDigest, member, D, c, z, log: placeOf(places, version) }))
    .sort((a, b) => (a.bidDigest === b.bidDigest ? a.member - b.member : byDigest(a, b)));
}

function placeOf(places: Places, version: number): SealLog {
  const place = places.get(version);
  if (!place) throw new Error(`posting ${version} is not numbered yet`);
  return place;
}
