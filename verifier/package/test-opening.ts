/**
 * For tests only: a ceremony and an opening of three bids made by the making side, of which one bidder
 * lost its key. The second one asked for is of another ceremony.
 */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { makeFreeze, makeKeysFrozen, makePartial, makeReceipt, type SealOpening } from "../../formats/seal/index.ts";
import { recipeBytes, rehearseBid, rehearseCeremony, seededRandom } from "../../formats/seal/rehearsal.ts";

export type MadeOpening = { opening: SealOpening; bodies: Map<string, Uint8Array> };

const place = { suite: 1 as const, tenderId: "T-1", lotId: "L-1", part: "all" as const };
const deadline = "2026-11-23T01:00:00.000Z";

export async function anOpening(platformSecret: Uint8Array, platformKey: string, seed = "opening"): Promise<MadeOpening> {
  const random = seededRandom(seed);
  const { ceremony, shares } = rehearseCeremony(1, place, random);
  const bids = [];
  for (const k of [1, 2, 3]) {
    const files = [{ name: "bid-form.json", bytes: recipeBytes(`${seed}${k}`, 200) }];
    const bid = await rehearseBid(ceremony, { bidderId: `pty_${k}`, files }, random);
    const { header, bidDigest } = bid;
    const receipt = { header, action: "submit" as const, bidDigest, receivedAt: deadline, deadline, evidenceSeq: 100 + k, previous: null };
    bids.push({ ...bid, receipts: [makeReceipt(receipt, platformSecret, random)], files });
  }
  bids.sort((a, b) => (a.bidDigest < b.bidDigest ? -1 : 1));
  let seq = 200;
  const log = () => ({ seq: seq++, at: deadline });
  const freeze = {
    ...makeFreeze(
      place,
      bids.map(({ bidDigest }) => bidDigest),
      platformSecret,
      random,
    ),
    log: log(),
  };
  const present = bids.filter(({ header }) => header.bidderId !== "pty_3");
  const missing = bids.filter((bid) => !present.includes(bid)).map(({ bidDigest }) => ({ bidDigest, cause: "bidder" as const }));
  const keyReleases = present.map(({ bidDigest, secrets }) => ({ bidDigest, kb: hex(secrets.kb), via: "bidder" as const, log: log() }));
  const keysFrozen = { ...makeKeysFrozen({ suite: 1, ...freeze }, missing, platformSecret, random), log: log() };
  const partials = present.flatMap((bid) =>
    [1, 2].map((member) => ({ ...makePartial(bid, { member, share: shares[member - 1] ?? new Uint8Array() }, random), log: log() })),
  );
  const outcomes = bids.map(({ bidDigest, files }) => {
    const rows = files.map(({ name, bytes }) => ({ name, size: bytes.length, hash: hex(sha256(bytes)) }));
    const isOpened = present.some((bid) => bid.bidDigest === bidDigest);
    return { bidDigest, status: isOpened ? ("opened" as const) : ("revoked" as const), code: null, files: isOpened ? rows : [] };
  });
  const published = bids.map(({ header, root, cipherSize, signKey, sig, receipts }) => ({
    header,
    root,
    cipherSize,
    signKey,
    sig,
    receipts,
  }));
  const opening: SealOpening = {
    format: "seal-opening/v1",
    ...place,
    deadline,
    platformKey,
    ceremony,
    bids: published,
    withdrawn: [],
    freeze,
    keyReleases,
    keysFrozen,
    partials,
    rejected: [],
    outcomes,
  };
  return { opening, bodies: new Map(present.map(({ bidDigest, body }) => [bidDigest, body])) };
}
