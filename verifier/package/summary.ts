/**
 * summary.json says in a few figures what the trade came to; it is what people and other programs read
 * first, so every figure must follow from the record and the openings beside it. A breach is E_SUMMARY.
 */
import { readIJson, type Value } from "../i-json.ts";
import { closed, integer, isObject, list, nullOr, type Shape, text, time } from "../shapes.ts";
import type { OpeningFacts } from "./opening.ts";
import type { RecordFacts } from "./record-chain.ts";
import { demand } from "./refused.ts";

type Winner = { bidderId: string; name: string; creditCode: string; priceFen: string };
type Step = { step: string; outcome: string | null; at: string; position: number };
type TradeSummary = { lot: Value; winner: Winner | null; bidsReceived: number; bidsOpened: number; steps: Step[] };
export type Replayed = { tender: string; winner: string | null; realWinner: string | null; agree: boolean; dir: string };
type ReplaySummary = { replayed: number; winnersAgree: number; trades: Replayed[] };

const where = "summary.json";
const amount: Shape = (value) => typeof value === "string" && /^(?:0|[1-9][0-9]*)$/.test(value);
const winner = closed({ bidderId: text(1, 64), name: text(1, 512), creditCode: text(1, 64), priceFen: amount });
const step = closed({ step: text(1, 128), outcome: nullOr(text(1, 128)), at: time, position: integer(0) });
const lot: Shape = (value) => text(1, 64)(value) || (isObject(value) && text(1, 64)(value.lotId));
const trade = { lot, winner: nullOr(winner), bidsReceived: integer(0), bidsOpened: integer(0), steps: list(step) };
const name = nullOr(text(1, 256));
const replay = {
  replayed: integer(0),
  winnersAgree: integer(0),
  anomalies: list((value) => value !== undefined),
  trades: list(closed({ tender: text(1, 256), winner: name, realWinner: name, agree: oneOfBoth, dir: text(1, 256) })),
};

function oneOfBoth(value: Value | undefined): boolean {
  return value === true || value === false;
}

/** Reads summary.json; of a replay it gives the trades, whose folders are packages of their own. */
export function readSummary(bytes: Uint8Array): { trade: TradeSummary } | { replay: ReplaySummary } {
  const value = readIJson(bytes);
  demand(isObject(value), "E_SUMMARY", where, "not a JSON object");
  if (Object.hasOwn(value, "trades")) {
    demand(hasShape(value, replay), "E_SUMMARY", where, "not the summary of a replay");
    return { replay: value as unknown as ReplaySummary };
  }
  demand(hasShape(value, trade), "E_SUMMARY", where, "not the summary of a trade");
  return { trade: value as unknown as TradeSummary };
}

/** The named members must be there; further ones are allowed, since they claim nothing that is checked here. */
function hasShape(value: { [name: string]: Value }, members: Readonly<Record<string, Shape>>): boolean {
  return Object.entries(members).every(([member, shape]) => Object.hasOwn(value, member) && shape(value[member]));
}

export function checkReplay({ replayed, winnersAgree, trades }: ReplaySummary): void {
  demand(replayed === trades.length, "E_SUMMARY", where, "replayed does not count the trades");
  demand(
    winnersAgree === trades.filter(({ agree }) => agree).length,
    "E_SUMMARY",
    where,
    "winnersAgree does not count the trades that agree",
  );
  for (const { tender, winner: found, realWinner, agree } of trades) {
    demand(agree === (found === realWinner), "E_SUMMARY", where, `tender ${tender}: agree is not what the two winners say`);
  }
}

export function checkTrade(summary: TradeSummary, record: RecordFacts | undefined, openings: readonly OpeningFacts[]): void {
  const lotId = isObject(summary.lot) ? summary.lot.lotId : summary.lot;
  for (const opening of openings) demand(opening.lotId === lotId, "E_SUMMARY", where, "the opening is of another lot");
  if (openings.length > 0) checkCounts(summary, openings);
  for (const { step: named, outcome, at, position } of summary.steps) {
    const line = record?.disclosed.get(position);
    demand(line !== undefined && line.at === at, "E_SUMMARY", where, `step ${named}: the record does not show it at position ${position}`);
    const agrees = (stated: unknown, said: string | null) => typeof stated !== "string" || stated === said;
    demand(
      agrees(line.data.step, named) && agrees(line.data.outcome, outcome),
      "E_SUMMARY",
      where,
      `step ${named}: the record says otherwise`,
    );
  }
  if (summary.winner !== null) checkWinner(summary.winner, record, openings);
}

/** Two envelopes are two openings: a bidder counts as received with any, as opened when all of its envelopes opened. */
function checkCounts(summary: TradeSummary, openings: readonly OpeningFacts[]): void {
  const bids = openings.flatMap((opening) => opening.bids);
  const bidders = new Set(bids.map(({ bidderId }) => bidderId));
  const opened = [...bidders].filter((bidder) => bids.every(({ bidderId, status }) => bidderId !== bidder || status === "opened"));
  demand(summary.bidsReceived === bidders.size, "E_SUMMARY", where, "bidsReceived is not the number of bidders in the opening");
  demand(summary.bidsOpened === opened.length, "E_SUMMARY", where, "bidsOpened is not the number of opened bids");
}

function checkWinner({ bidderId, priceFen }: Winner, record: RecordFacts | undefined, openings: readonly OpeningFacts[]): void {
  const bids = openings.flatMap((opening) => opening.bids);
  const isOpened = bids.some((bid) => bid.bidderId === bidderId && bid.status === "opened");
  demand(openings.length === 0 || isOpened, "E_SUMMARY", where, "the winner's bid is not among the opened ones");
  const awards = [...(record?.disclosed.values() ?? [])].filter(({ type }) => type.startsWith("awd."));
  const isAwarded = awards.some(({ data }) => holds(data, bidderId) && holds(data, priceFen));
  demand(isAwarded, "E_SUMMARY", where, "no award in the record names the winner with its price");
}

/** Whether a string stands anywhere inside a value. */
function holds(value: unknown, wanted: string): boolean {
  if (typeof value !== "object" || value === null) return value === wanted;
  return Object.values(value).some((member) => holds(member, wanted));
}
