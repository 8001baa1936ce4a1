/**
 * When enough shares are here, the system reads all bids at once: key, root, every chunk, container, and
 * only then the files (seal-v1 §8 step 10). What came out is kept under its content hash in a name space
 * that no public address reaches; a fault of a bid stands beside it by its code. Not one figure is shown
 * before the read-out.
 */
import { fromHex } from "../../../formats/bytes.ts";
import { type CipherSource, type OpenedBid, openBody, recoverKey, sourceOfPieces } from "../../../formats/seal/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { loadSubmission } from "../bidding/index.ts";
import { type DecidingLot, type FileStore, lotOfStream, type Reaction } from "../transaction/index.ts";
import { type BidForm, bidFormMaxBytes, bidFormName, readBidForm } from "./bid-form.ts";
import { type BidAtOpening, type Opening, presentBids } from "./opening.ts";
import { getOpening, openingStream } from "./opening-stream.ts";

export const unsealBids: Reaction = {
  name: "opening.unseal-bids",
  on: ["opn.partialsComplete"],
  lotOf: async ({ stream }) => lotOfStream(stream),
  async react(context) {
    const opening = await getOpening(context);
    const stream = openingStream(context.lot.id);
    for (const bid of presentBids(opening)) await unsealOne(context, opening, bid);
    await context.append(stream, "opn.unsealed", { bids: presentBids(opening).length });
  },
};

/** The name under which a decrypted file lies: no address of the files door can form it. */
export function plainName(hash: string): string {
  return `opened-${hash}`;
}

async function unsealOne(context: DecidingLot, opening: Opening, bid: BidAtOpening): Promise<void> {
  const { files } = context.platform;
  const { bidDigest, partyId, organisation, name } = bid;
  const read = await openBid(files, opening, bid);
  const stream = openingStream(context.lot.id);
  if (!read.ok) {
    await context.append(stream, "bid.unsealFailed", { bidDigest, partyId, organisation, name, code: read.code });
    return;
  }
  for (const { name: file, hash } of read.bid.files) await files.put(plainName(hash), read.bid.stream(file));
  const { form, fault } = await formOf(read.bid);
  await context.append(stream, "bid.unsealed", {
    bidDigest,
    partyId,
    organisation,
    name,
    form: form as never,
    formFault: fault,
    files: read.bid.files as never,
  });
  crashPoint("CP13.one-unsealed");
}

async function openBid(
  files: FileStore,
  { ceremony, partials }: Opening,
  bid: BidAtOpening,
): Promise<{ ok: true; bid: OpenedBid } | { ok: false; code: string }> {
  const own = partials.filter(({ bidDigest }) => bidDigest === bid.bidDigest);
  const key = recoverKey(bid.header, fromHex(bid.key?.kb ?? ""), { t: ceremony.t, partials: own });
  return key.ok ? openBody(bid, key.dek, await bodyOf(files, bid)) : key;
}

/** The body as it lies in the store now: a lost or shortened piece is found as E_SIZE, a changed one as E_ROOT. */
async function bodyOf(files: FileStore, { submission }: BidAtOpening): Promise<CipherSource> {
  const { chunks } = await loadSubmission(files, submission);
  const pieces = [];
  for (const { name } of chunks) {
    const size = (await files.sizeOf(name)) ?? 0;
    pieces.push({ size, read: async () => ((await files.get(name)) ?? new Uint8Array(0)) as Uint8Array<ArrayBuffer> });
  }
  return sourceOfPieces(pieces);
}

async function formOf(bid: OpenedBid): Promise<{ form: BidForm | null; fault: string | null }> {
  const file = bid.files.find(({ name }) => name === bidFormName);
  if (file && file.size > bidFormMaxBytes) return { form: null, fault: `${bidFormName} 过大` };
  return readBidForm(file && (await bid.read(bidFormName)));
}
