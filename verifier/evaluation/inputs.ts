/**
 * What an evaluation was computed from, folded from the disclosed lines of the record up to the line that holds the
 * result: the declared method, the bids with their prices, the findings of fact, the drawn values, the sheets.
 */
import type { ShownLine } from "../../formats/record-line.ts";
import { isObject } from "../shapes.ts";
import { demand } from "./codes.ts";

/** A line's data as this reads it: every member is looked at before it is used. */
// biome-ignore lint/suspicious/noExplicitAny: what an event holds follows from its type; shapes are asked for where it matters.
type Data = any;

export type Bid = { bidDigest: string; handedIn: number; figures: { priceFen: string } | null };
export type Scores = Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Inputs = {
  terms: { version: number; sha256: string; method: { name: string; tree: Data } };
  bids: readonly Bid[];
  draws: Readonly<Record<string, string>>;
  /** Bid → table → row. */
  facts: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Seat → its scores; undefined where no sheet of the evaluation is shown. */
  sheets: ReadonlyMap<number, Scores> | undefined;
};

export type Lines = readonly ShownLine[];

/** @param before the lines before the result, ascending. */
export function inputsOf(before: Lines, stream: string, where: string): Inputs {
  const own = before.filter((line) => line.stream === stream);
  const begun = own.findLast(({ type }) => type === "evl.begun")?.data as Data;
  const isWhole = isObject(begun?.terms?.method) && Array.isArray(begun?.bids) && isObject(begun?.draws);
  demand(isWhole, "E_EVAL_FORMAT", where, "the evaluation does not show what it began with");
  const rejected = new Set<string>();
  const facts = new Map<string, Record<string, string>>();
  for (const { type, data } of own as readonly { type: string; data: Data }[]) {
    if (type === "evl.bidRejected") rejected.add(data.bidDigest);
    if (type === "evl.bidRestored") rejected.delete(data.bidDigest);
    if (type === "evl.scrutinised") for (const { bidDigest, rows } of data.facts) facts.set(bidDigest, { ...rows });
    if (type === "evl.factFound") facts.set(data.bidDigest, { ...facts.get(data.bidDigest), [data.item]: data.key });
  }
  const bids = (begun.bids as Bid[]).filter(({ bidDigest }) => !rejected.has(bidDigest));
  return { terms: begun.terms, bids, draws: begun.draws, facts, sheets: sheetsOf(before, own) };
}

function sheetsOf(before: Lines, own: Lines): ReadonlyMap<number, Scores> | undefined {
  const streams = new Map<number, string>();
  for (const { type, data } of own as readonly { type: string; data: Data }[]) {
    if (type === "evl.sheetOpened") streams.set(data.seat, data.sheet);
    if (type === "evl.seatVoided") streams.delete(data.seat);
  }
  const sheets = new Map([...streams].map(([seat, stream]) => [seat, scoresIn(before.filter((line) => line.stream === stream))]));
  return sheets.size > 0 && [...sheets.values()].every((scores) => Object.keys(scores).length > 0) ? sheets : undefined;
}

/** A sheet is saved in pieces: a later score of an item takes the place of the one before. */
function scoresIn(lines: Lines): Scores {
  const all: Record<string, Record<string, string>> = {};
  for (const { data } of lines) {
    for (const [bid, items] of Object.entries((data as Data).scores ?? {}))
      all[bid] = { ...all[bid], ...(items as Record<string, string>) };
  }
  return all;
}
