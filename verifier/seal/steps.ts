/** Steps 4 (places) to 9 of seal-v1 §8: everything about an opening that is known without a body. */
import { concat, fromHex, hex, lp, u32 } from "../../formats/bytes.ts";
import { jcs } from "../../formats/jcs.ts";
import { hasRepetition } from "../shapes.ts";
import { type Algorithms, isSigned, leafOf, merkleRoot, readPoint } from "./algorithms.ts";
import { ceremonyHashOf } from "./ceremony.ts";
import type { SealCode } from "./codes.ts";
import { chunksOf, commitKbOf, contextOf } from "./header.ts";
import { dleqHolds, schnorrHolds } from "./proofs.ts";
import type { Bid, Log, Opening, PartialRow, Receipt } from "./record.ts";

/** A record whose shapes hold, with its bids under their computed digests. */
export interface Case {
  algorithms: Algorithms;
  opening: Opening;
  bids: ReadonlyMap<string, Bid>;
}

type Fault = SealCode | undefined;

/** Step 4, second half: everything speaks of the one lot and envelope. */
export function findPlaceFault({ opening }: Case): Fault {
  const { tenderId, lotId, part, ceremony, bids, withdrawn } = opening;
  const isHere = (place: { tenderId: string; lotId: string; part?: string }) =>
    place.tenderId === tenderId && place.lotId === lotId && (place.part ?? part) === part;
  const receipts = [...bids.flatMap((bid) => bid.receipts), ...withdrawn.flat()];
  const { tenderId: ceremonyTender, lotId: ceremonyLot } = ceremony;
  const all = [{ tenderId: ceremonyTender, lotId: ceremonyLot }, ...bids.map(({ header }) => header), ...receipts];
  return all.every(isHere) ? undefined : "E_LOT";
}

/** Step 5. */
export function findBidFault({ algorithms, opening, bids }: Case): Fault {
  const hash = ceremonyHashOf(algorithms, opening.ceremony);
  for (const [digest, bid] of bids) {
    const { header } = bid;
    if (header.pk !== opening.ceremony.pk || header.ceremony !== hash) return "E_PK";
    const R = readPoint(algorithms, header.R);
    if (R === undefined || readPoint(algorithms, bid.signKey) === undefined) return "E_POINT";
    if (!schnorrHolds(algorithms, R, ["seal/v1 pokR\n", contextOf(algorithms, header)], header.pokR)) return "E_POKR";
    if (bid.cipherSize !== header.size + chunksOf(header.size) * algorithms.tag) return "E_SIZE";
    if (!isSigned(algorithms, bid.signKey, concat("seal/v1 submit\n", fromHex(digest)), bid.sig)) return "E_BID_SIG";
  }
  const headers = opening.bids.map(({ header }) => header);
  if (hasRepetition(headers.map(({ R }) => R))) return "E_DUP_R";
  const bidders = [...headers.map(({ bidderId }) => bidderId), ...opening.withdrawn.map((chain) => chain[0]?.bidderId ?? "")];
  return hasRepetition(bidders) ? "E_FORMAT" : undefined;
}

/** Step 6. */
export function findReceiptFault({ algorithms, opening, bids }: Case): Fault {
  const live = [...bids].map(([digest, bid]) => ({ digest, header: bid.header, receipts: bid.receipts }));
  const gone = opening.withdrawn.map((receipts) => ({ digest: undefined, header: undefined, receipts }));
  for (const { digest, header, receipts } of [...live, ...gone]) {
    for (const receipt of receipts) {
      const { sig, ...rest } = receipt;
      const message = concat("seal/v1 receipt\n", algorithms.hash(jcs(rest)));
      if (!isSigned(algorithms, opening.platformKey, message, sig)) return "E_RECEIPT_SIG";
    }
    if (receipts.some(({ receivedAt, deadline }) => receivedAt > deadline || deadline > opening.deadline)) return "E_LATE";
    if (!chainHolds(algorithms, receipts)) return "E_RECEIPT_CHAIN";
    const last = receipts.at(-1);
    const isLive =
      last?.action === "submit" && last.version === header?.version && last.bidderId === header.bidderId && last.bidDigest === digest;
    if (header === undefined ? last?.action !== "withdraw" : !isLive) return "E_RECEIPT_CHAIN";
  }
  return undefined;
}

function chainHolds(algorithms: Algorithms, receipts: readonly Receipt[]): boolean {
  let submitted = 0;
  let live: string | undefined;
  return receipts.every((receipt, i) => {
    const before = receipts[i - 1];
    const isNext = before === undefined ? receipt.prev === null : receipt.prev === hex(algorithms.hash(jcs(before)));
    const isOrdered =
      before === undefined ||
      (receipt.receivedAt >= before.receivedAt &&
        receipt.evidenceSeq > before.evidenceSeq &&
        receipt.deadline >= before.deadline &&
        receipt.bidderId === before.bidderId);
    const isSubmit = receipt.action === "submit";
    const isLawful = isSubmit ? receipt.version === submitted + 1 : receipt.version === submitted && receipt.bidDigest === live;
    submitted = receipt.version;
    live = isSubmit ? receipt.bidDigest : undefined;
    return isNext && isOrdered && isLawful;
  });
}

/** Step 7. */
export function findFreezeFault({ algorithms, opening, bids }: Case): Fault {
  const { digests, listRoot, sig } = opening.freeze;
  const root = hex(
    merkleRoot(
      algorithms,
      digests.map((digest) => leafOf(algorithms, digest)),
    ),
  );
  const place = [lp(opening.tenderId), lp(opening.lotId), lp(opening.part)];
  const message = concat("seal/v1 freeze\n", ...place, fromHex(listRoot), u32(digests.length));
  const isList = digests.join() === [...bids.keys()].join() && root === listRoot;
  return isList && isSigned(algorithms, opening.platformKey, message, sig) ? undefined : "E_FREEZE";
}

/** Step 8. */
export function findPhaseFault({ opening }: Case): Fault {
  const { freeze, keyReleases, keysFrozen, partials, rejected, deadline } = opening;
  const rows: readonly (readonly Log[])[] = [
    [freeze.log],
    keyReleases.map(({ log }) => log),
    [keysFrozen.log],
    [...partials, ...rejected].map(({ log }) => log),
  ];
  const phases = rows.flatMap((logs, phase) => logs.map((log) => ({ phase, ...log }))).sort((a, b) => a.seq - b.seq || a.phase - b.phase);
  const isInOrder = phases.every((step, k) => {
    const before = phases[k - 1];
    return before === undefined || (before.seq < step.seq && before.phase <= step.phase && before.at <= step.at);
  });
  return isInOrder && freeze.log.at >= deadline ? undefined : "E_PHASE";
}

/** Step 9, keys. */
export function findKeyFault({ algorithms, opening, bids }: Case): Fault {
  const { keyReleases, keysFrozen, freeze, platformKey } = opening;
  if (keyReleases.some(({ bidDigest }) => !bids.has(bidDigest))) return "E_KEY_RELEASE";
  for (const { bidDigest, kb } of keyReleases) {
    const header = bids.get(bidDigest)?.header;
    if (header === undefined || commitKbOf(algorithms, contextOf(algorithms, header), header.salt, kb) !== header.commitKb) return "E_KB";
  }
  const present = keyReleases.map(({ bidDigest }) => bidDigest);
  const split = [...present, ...keysFrozen.missing.map(({ bidDigest }) => bidDigest)].sort();
  const body = algorithms.hash(jcs({ missing: keysFrozen.missing, present }));
  const isSplit = split.join() === freeze.digests.join();
  const message = concat("seal/v1 keys\n", fromHex(freeze.listRoot), body);
  return isSplit && isSigned(algorithms, platformKey, message, keysFrozen.sig) ? undefined : "E_KEYS_FROZEN";
}

/** Step 9, partials. */
export function findPartialFault({ algorithms, opening, bids }: Case): Fault {
  const { ceremony, keyReleases, partials, rejected } = opening;
  const present = new Set(keyReleases.map(({ bidDigest }) => bidDigest));
  const isExpected = ({ bidDigest, member }: PartialRow) => present.has(bidDigest) && member >= 1 && member <= ceremony.n;
  if (![...partials, ...rejected].every(isExpected)) return "E_PARTIAL";
  const holds = (partial: PartialRow): boolean => {
    const header = bids.get(partial.bidDigest)?.header;
    const Y = ceremony.memberKeys[partial.member - 1];
    if (header === undefined || Y === undefined) return false;
    return dleqHolds(algorithms, { context: hex(contextOf(algorithms, header)), Y, R: header.R }, partial);
  };
  if (!partials.every(holds)) return "E_DLEQ";
  return rejected.some(holds) ? "E_ACCUSATION" : undefined;
}
