/**
 * I06: an opening begins after the effective deadline, on exactly the frozen list: the latest bids that were
 * not withdrawn, every receipt covered. Nothing is read before the bidders' halves are frozen.
 */
import type { PlacedEvent } from "../../server/record/index.ts";
import { type Finding, type Scanned, streamsOf } from "./finding.ts";

interface Receipt {
  lotId: string;
  bidderId: string;
  version: number;
  action: "submit" | "replace" | "withdraw";
  bidDigest: string;
}

export async function scan(scanned: Pick<Scanned, "events" | "told">): Promise<Finding[]> {
  const receipts = receiptsOf(scanned);
  return streamsOf(scanned.events, "opn").flatMap(({ stream, lotId, events }) => {
    const find = (words: string): Finding => ({ invariant: "I06", where: stream, words });
    return [
      ...order(scanned.events, lotId, events),
      ...list(
        events,
        receipts.filter((receipt) => receipt.lotId === lotId),
      ),
    ].map(find);
  });
}

function receiptsOf({ told = [] }: Pick<Scanned, "told">): Receipt[] {
  return told.filter(({ status }) => status === 200).flatMap(({ text }) => (JSON.parse(text).result?.receipt as Receipt | undefined) ?? []);
}

/** What may not stand before what. */
const before: readonly [earlier: string, later: readonly string[]][] = [
  ["opn.frozen", ["bid.keyDelivered", "opn.keysFrozen", "opn.partialPosted"]],
  ["opn.keysFrozen", ["opn.partialPosted", "opn.partialsComplete", "bid.unsealed", "bid.unsealFailed", "opn.readOut"]],
  ["opn.partialsComplete", ["bid.unsealed", "bid.unsealFailed", "opn.readOut"]],
  ["opn.unsealed", ["opn.readOut"]],
];

function order(all: readonly PlacedEvent[], lotId: string, own: readonly PlacedEvent[]): string[] {
  const reached = all.find(({ stream, type, data }) => stream === lotId && type === "lot.milestoneReached" && data.name === "bidDeadline");
  const deadline = all.findLast(({ stream, type, data }) => stream === lotId && type === "lot.milestoneSet" && data.name === "bidDeadline")
    ?.data.at as string | undefined;
  const early = own.filter(({ position, at }) => reached === undefined || position < reached.position || at < (deadline ?? "9"));
  const words = early.map(({ type, at }) => `${type} at ${at}, before the deadline ${deadline} was reached`);
  for (const [earlier, later] of before) {
    const gate = own.find(({ type }) => type === earlier)?.position ?? Number.POSITIVE_INFINITY;
    for (const { type, position } of own) if (later.includes(type) && position < gate) words.push(`${type} stands before ${earlier}`);
  }
  return words;
}

function list(own: readonly PlacedEvent[], receipts: readonly Receipt[]): string[] {
  const frozen = own.find(({ type }) => type === "opn.frozen");
  if (!frozen) return own.length > 0 ? ["an opening has no frozen list"] : [];
  const digests = new Set<string>(frozen.data.digests);
  const listed = own.filter(({ type }) => type === "bid.listed");
  const words: string[] = [];
  for (const { data } of listed) {
    const latest = data.acts.at(-1);
    if (!digests.has(data.bidDigest)) words.push(`${data.bidDigest} is listed and not frozen`);
    if (latest.bidDigest !== data.bidDigest || latest.action === "withdraw") words.push(`${data.bidDigest} is not the party's latest bid`);
  }
  if (listed.length !== digests.size) words.push(`${listed.length} bids are listed, ${digests.size} are frozen`);
  const latest = new Map<string, Receipt>();
  for (const receipt of receipts)
    if ((latest.get(receipt.bidderId)?.version ?? 0) <= receipt.version) latest.set(receipt.bidderId, receipt);
  for (const { action, bidDigest } of latest.values()) {
    if (digests.has(bidDigest) === (action === "withdraw"))
      words.push(`the receipt of ${bidDigest} (${action}) is not honoured by the frozen list`);
  }
  return words;
}
