/** Auctions: the signature of each offer, and each session of a record told again. */
import type { ShownLine } from "../../formats/record-line.ts";
import { type AuctionFacts, replayAuction } from "./replay.ts";

export { offerHolds, offerTypes } from "./offer-signature.ts";
export type { AuctionFacts } from "./replay.ts";

/** Every session whose first line the record shows. A session that is shown in part cannot be told again, and is refused. */
export function checkAuctions(lines: ReadonlyMap<number, ShownLine>): AuctionFacts[] {
  const sessions = new Map<string, ShownLine[]>();
  for (const line of lines.values()) {
    if (line.type === "auc.scheduled") sessions.set(line.stream, []);
    sessions.get(line.stream)?.push(line);
  }
  return [...sessions].map(([stream, own]) => replayAuction(stream, own));
}
