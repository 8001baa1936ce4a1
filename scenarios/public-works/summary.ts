/** `summary.json` of a replay (decisions §5): who won here and in the world, and what of the file is out of the ordinary. */
import type { ForeignTender } from "./read-tenders.ts";

export interface ReplayedTrade {
  tender: string;
  /** The file's `bidder`, `#2` for its second row; null when the lot failed. */
  winner: string | null;
  realWinner: string | null;
  agree: boolean;
  /** The trade's own package. */
  dir: string;
}

export interface Anomaly {
  tender: string;
  kind: "secondRow" | "equalPrices" | "outsideLimits" | "tooFewBids" | "fewValidBids" | "noRealWinner" | "otherWinner";
  words: string;
  parties: string[];
}

export interface ReplaySummary {
  replayed: number;
  winnersAgree: number;
  anomalies: Anomaly[];
  trades: ReplayedTrade[];
}

export function summaryOf(tenders: readonly ForeignTender[], trades: readonly ReplayedTrade[]): ReplaySummary {
  return {
    replayed: trades.length,
    winnersAgree: trades.filter(({ agree }) => agree).length,
    anomalies: [...tenders.flatMap(anomaliesOf), ...trades.flatMap(otherWinner)],
    trades: [...trades],
  };
}

export function tradeOf(tender: ForeignTender, winner: string | null): ReplayedTrade {
  const realWinner = tender.bids.find(({ won }) => won)?.party ?? null;
  return { tender: tender.tender, winner, realWinner, agree: winner === realWinner, dir: `trades/${tender.tender}` };
}

export function anomaliesOf(tender: ForeignTender): Anomaly[] {
  const { bids, tender: number } = tender;
  const found: Anomaly[] = [];
  const add = (kind: Anomaly["kind"], words: string, parties: string[]) => found.push({ tender: number, kind, words, parties });
  for (const { party } of bids) {
    const [bidder] = party.split("#") as [string];
    if (party !== bidder) add("secondRow", "a further row of one bidder is its own party", [bidder, party]);
  }
  for (const equal of equalPrices(tender)) add("equalPrices", "equal prices go in the order of the file", equal);
  const outside = bids.filter((bid) => isOutside(tender, bid.priceFen)).map(({ party }) => party);
  if (outside.length > 0) add("outsideLimits", "the price is above the ceiling or below the floor; the committee rejects the bid", outside);
  if (bids.length < 3)
    add(
      "tooFewBids",
      "fewer than three bidders: the lot fails unopened (招标投标法 第二十八条)",
      bids.map(({ party }) => party),
    );
  else if (bids.length - outside.length < 3)
    add("fewValidBids", "fewer than three valid bids: the committee judges the competition", outside);
  if (!bids.some(({ won }) => won)) add("noRealWinner", "the file names no winner", []);
  return found;
}

function isOutside({ ceilingFen, floorFen }: ForeignTender, priceFen: string): boolean {
  const price = BigInt(priceFen);
  return (ceilingFen !== null && price > BigInt(ceilingFen)) || (floorFen !== null && price < BigInt(floorFen));
}

/** Groups of two or more parties with one price, in the order of the file. */
function equalPrices({ bids }: ForeignTender): string[][] {
  const byPrice = new Map<string, string[]>();
  for (const { party, priceFen } of bids) byPrice.set(priceFen, [...(byPrice.get(priceFen) ?? []), party]);
  return [...byPrice.values()].filter((parties) => parties.length > 1);
}

function otherWinner({ tender, winner, realWinner, agree }: ReplayedTrade): Anomaly[] {
  if (agree || realWinner === null) return [];
  return [
    {
      tender,
      kind: "otherWinner",
      words: "the platform does not award the real winner",
      parties: [winner, realWinner].filter((party) => party !== null),
    },
  ];
}
