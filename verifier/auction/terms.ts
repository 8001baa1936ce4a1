/** The terms of a session as its first line declares them, read strictly; prices are whole fen. */
import type { Value } from "../i-json.ts";
import { anyText, closed, integer, isObject, list, nullOr, oneOf, text } from "../shapes.ts";

export type Phase = { lastsMs: number; against: "lead" | "own" | "clock"; restarts: boolean; once: boolean; needsOffer: boolean };

export type Terms = {
  better: "higher" | "lower";
  startFen: string;
  stepFen: string;
  onLadder: boolean;
  capSteps: number | null;
  ownLead: boolean;
  lastCallFen: string | null;
  callEveryMs: number | null;
  phases: Phase[];
  tie: "earliest" | "again";
  scores: { priceWeight: number; others: { [number: string]: number } } | null;
  priority: { number: number; matchMs: number } | null;
};

const fen = text(1, 16, /^[1-9][0-9]*$/);
const flag = (value: Value | undefined) => typeof value === "boolean";
const numbers = (value: Value | undefined) => isObject(value) && Object.values(value).every((one) => integer(0)(one));

const shape = closed({
  mode: anyText,
  better: oneOf("higher", "lower"),
  startFen: fen,
  stepFen: fen,
  onLadder: flag,
  capSteps: nullOr(integer(1)),
  ownLead: flag,
  lastCallFen: nullOr(fen),
  callEveryMs: nullOr(integer(1)),
  phases: list(
    closed({
      name: anyText,
      lastsMs: integer(1),
      against: oneOf("lead", "own", "clock"),
      restarts: flag,
      once: flag,
      shows: oneOf("all", "best", "nothing"),
      needsOffer: flag,
    }),
    1,
  ),
  tie: oneOf("earliest", "again"),
  scores: nullOr(closed({ priceWeight: integer(1, 100), others: numbers })),
  priority: nullOr(closed({ number: integer(1), matchMs: integer(1) })),
});

export function readTerms(value: Value | undefined): Terms | undefined {
  return shape(value) ? (value as unknown as Terms) : undefined;
}

/** Positive when a is the better price. */
export function compareFen({ better }: Terms, a: bigint, b: bigint): number {
  const order = a === b ? 0 : a > b ? 1 : -1;
  return better === "higher" ? order : -order;
}

export function further(terms: Terms, fen: bigint, steps: number): bigint {
  const distance = BigInt(steps) * BigInt(terms.stepFen);
  return terms.better === "higher" ? fen + distance : fen - distance;
}
