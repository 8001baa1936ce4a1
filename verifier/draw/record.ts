/**
 * What a draw record looks like (draw-v1 §5), without the inside of plan and result, which have steps
 * of their own. The types hold once the shape and the plan have been checked.
 */
import type { Value } from "../i-json.ts";
import { anyText, anything, closed, either, hexOf, integer, list, nullOr, oneOf, type Shape, text, time } from "../shapes.ts";

export type Log = { seq: number; at: string };
export type Commit = { i: number; c: string; sealed: null | { R: string; ct: string }; sig: string; log: Log };
export type Reveal = { i: number; s: string; rho: string; log: Log };
export type Partial = { i: number; member: number; D: string; c: string; z: string; log: Log };
export type Substitution = { stratum: string; out: string; reason: string; in: null | string; log: Log };
export type PoolEntry = { id: string; group: null | string; strata: string[]; recusal: null | string };
export type Recovery = { use: "always" | "fallback"; suite: 1; t: number; pk: string; memberKeys: string[] };
export type Plan = {
  drawId: string;
  kind: "select" | "order" | "coefficient";
  operatorKey: string;
  supervisorKey: string;
  vrfKey: string;
  contributors: { name: string; key: string }[];
  minReveals: number;
  tCommit: string;
  tReveal: string;
  beacon: null | { chain: string; round: number };
  recovery: null | Recovery;
  pool: PoolEntry[];
  strata: { id: string; quota: number }[];
  maxPerGroup: null | number;
  coefficients: { id: string; values: string[] }[];
};
export type DrawRecord = {
  plan: Plan;
  planHash: string;
  freeze: { sig: string; log: Log };
  commits: Commit[];
  platform: null | { pi: string; log: Log };
  fallback: null | { reason: string; sig: string; log: Log };
  reveals: Reveal[];
  partials: Partial[];
  beacon: null | { round: number; signature: string; log: Log };
  faults: Value;
  result: Value;
  substitutions: Substitution[];
  final: Value;
};

const log = closed({ seq: integer(0), at: time });

export const recordShape: Shape = closed({
  format: oneOf("draw-record/v1"),
  plan: anything,
  planHash: hexOf(32),
  freeze: closed({ sig: hexOf(64), log }),
  commits: list(closed({ i: integer(), c: hexOf(32), sealed: nullOr(closed({ R: hexOf(33), ct: hexOf(80) })), sig: hexOf(64), log })),
  platform: nullOr(closed({ pi: hexOf(80), log })),
  fallback: nullOr(closed({ reason: text(1, 256), sig: hexOf(64), log })),
  reveals: list(closed({ i: integer(), s: hexOf(32), rho: hexOf(32), log })),
  partials: list(closed({ i: integer(), member: integer(), D: hexOf(33), c: hexOf(32), z: hexOf(32), log })),
  beacon: nullOr(closed({ round: integer(), signature: hexOf(48), log })),
  faults: list(either(closed({ code: anyText }), closed({ code: anyText, i: integer() }))),
  result: anything,
  substitutions: list(closed({ stratum: anyText, out: hexOf(32), reason: anyText, in: nullOr(hexOf(32)), log })),
  final: list(closed({ stratum: anyText, seated: list(hexOf(32)) })),
});
