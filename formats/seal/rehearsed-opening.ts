/**
 * A whole opening record made by the making side in one process: for tests of the verifier and for benches.
 */
import { fromHex, hex } from "../bytes.ts";
import { contextOf } from "./digest.ts";
import { type Bytes, newKeyPair, type Random } from "./group.ts";
import { unwrapKb } from "./header.ts";
import { checkPartial, makeFreeze, makeKeysFrozen, makePartial, openBody, recoverKey, sourceOfBytes } from "./opening.ts";
import { makeReceipt } from "./receipt.ts";
import { readRecoveryCode, recoveryCode } from "./recovery-code.ts";
import { type RehearsedBid, rehearseBid, rehearseCeremony } from "./rehearsal.ts";
import type { SealLog, SealOpening, SealOutcome, SealReceipt } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

export interface OpeningWish {
  suite: 1 | 2;
  bidders: { bidderId: string; files: { name: string; bytes: Bytes }[]; keyIsMissing?: "bidder" | "platform" | "other" }[];
  /** The members that post partials. */
  members?: number[];
}

export interface RehearsedOpening {
  opening: SealOpening;
  bodies: Map<string, Bytes>;
  bids: RehearsedBid[];
}

const DEADLINE = "2026-11-20T01:00:00.000Z";
const PLACE = { tenderId: "T-1", lotId: "L-1" };

export async function rehearseOpening(wish: OpeningWish, random: Random): Promise<RehearsedOpening> {
  const { ceremony, shares } = rehearseCeremony(wish.suite, PLACE, random);
  const platform = newKeyPair(suiteOf(wish.suite), random);
  const log = logBook();
  const sealed: RehearsedBid[] = [];
  for (const bidder of wish.bidders) sealed.push(await rehearseBid(ceremony, bidder, random));
  const bids = sealed
    .map((bid) => ({ ...bid, receipts: [receiptOf(bid, log().seq, platform.secret, random)] }))
    .sort((a, b) => (a.bidDigest < b.bidDigest ? -1 : 1));
  const place = { suite: wish.suite, ...PLACE, part: "all" as const };
  const digests = bids.map(({ bidDigest }) => bidDigest);
  const freeze = { ...makeFreeze(place, digests, platform.secret, random), log: log() };
  const causes = new Map(wish.bidders.map(({ bidderId, keyIsMissing }) => [bidderId, keyIsMissing]));
  const present = bids.filter(({ header }) => causes.get(header.bidderId) === undefined);
  const missing = bids.flatMap(({ bidDigest, header }) => {
    const cause = causes.get(header.bidderId);
    return cause === undefined ? [] : [{ bidDigest, cause }];
  });
  const keyReleases = present.map((bid, i) => releaseOf(bid, i % 2 === 0 ? "bidder" : "recoveryCode", log()));
  const keysFrozen = { ...makeKeysFrozen({ suite: wish.suite, ...freeze }, missing, platform.secret, random), log: log() };
  const members = wish.members ?? [1, 3];
  const partials = present.flatMap((bid) =>
    members.map((member) => ({ ...makePartial(bid, { member, share: shares[member - 1]! }, random), log: log() })),
  );
  const open: Omit<SealOpening, "outcomes"> = {
    format: "seal-opening/v1",
    ...place,
    deadline: DEADLINE,
    platformKey: platform.key,
    ceremony,
    bids: bids.map(({ header, root, cipherSize, signKey, sig, receipts }) => ({ header, root, cipherSize, signKey, sig, receipts })),
    withdrawn: [],
    freeze,
    keyReleases,
    keysFrozen,
    partials,
    rejected: [],
  };
  const outcomes: SealOutcome[] = [];
  for (const bid of bids) outcomes.push(await outcomeOf(open, bid));
  return { opening: { ...open, outcomes }, bodies: new Map(bids.map(({ bidDigest, body }) => [bidDigest, body])), bids };
}

/** What a server does with one frozen bid: check partials, combine, open, list. */
export async function outcomeOf(open: Omit<SealOpening, "outcomes">, bid: RehearsedBid): Promise<SealOutcome> {
  const { bidDigest } = bid;
  const missing = open.keysFrozen.missing.find((row) => row.bidDigest === bidDigest);
  if (missing) return { bidDigest, status: missing.cause === "bidder" ? "revoked" : "withdrawn", code: null, files: [] };
  const partials = open.partials.filter((row) => row.bidDigest === bidDigest && checkPartial(open.ceremony, bid.header, row) === undefined);
  if (partials.length < open.ceremony.t) return { bidDigest, status: "unopened", code: null, files: [] };
  const { kb } = open.keyReleases.find((row) => row.bidDigest === bidDigest)!;
  const key = recoverKey(bid.header, fromHex(kb), { t: open.ceremony.t, partials });
  if (!key.ok) return { bidDigest, status: "invalid", code: key.code, files: [] };
  const body = await openBody(bid, key.dek, sourceOfBytes(bid.body));
  if (!body.ok) return { bidDigest, status: "invalid", code: body.code, files: [] };
  return { bidDigest, status: "opened", code: null, files: [...body.bid.files] };
}

function releaseOf(bid: RehearsedBid, via: "bidder" | "recoveryCode", log: SealLog) {
  const suite = suiteOf(bid.header.suite);
  const context = contextOf(bid.header);
  const printed = recoveryCode(suite, context, bid.secrets.kb);
  const kb = via === "bidder" ? unwrapKb(bid.header, bid.encSecret) : readRecoveryCode(suite, context, printed.toLowerCase());
  return { bidDigest: bid.bidDigest, kb: hex(kb!), via, log };
}

function receiptOf(bid: RehearsedBid, evidenceSeq: number, platformSecret: Uint8Array, random: Random): SealReceipt {
  const { header, bidDigest } = bid;
  const fields = { header, action: "submit" as const, bidDigest, receivedAt: "2026-11-20T00:30:00.000Z", deadline: DEADLINE, evidenceSeq };
  return makeReceipt({ ...fields, previous: null }, platformSecret, random);
}

function logBook(): () => SealLog {
  let seq = 0;
  return () => ({ seq: seq++, at: DEADLINE });
}
