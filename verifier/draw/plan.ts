/**
 * Step 3: the plan's shape and the rules of draw-v1 §2, all but the beacon's round number, which has
 * a code and a step of its own.
 */
import type { Value } from "../i-json.ts";
import { ascends, closed, hasRepetition, hexOf, identifier, integer, list, nullOr, oneOf, type Shape, text, time } from "../shapes.ts";
import { groupKeyOf, isPoint } from "./p256.ts";
import type { Plan, Recovery } from "./record.ts";

const quicknet = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
const recusals = ["employer", "relative", "bidderInterest", "priorInvolvement", "region", "leave", "sanction", "other"];
const wholeSecond: Shape = (value) => time(value) && String(value).endsWith(".000Z");

const planShape: Shape = closed({
  v: oneOf(1),
  format: oneOf("draw-plan/v1"),
  drawId: identifier,
  kind: oneOf("select", "order", "coefficient"),
  purpose: text(1, 64),
  subject: text(1, 128),
  rulesVersion: text(1, 64),
  operatorKey: hexOf(32),
  supervisorKey: hexOf(32),
  vrfKey: hexOf(32),
  contributors: list(closed({ name: text(1, 128), key: hexOf(32) }), 2, 32),
  minReveals: integer(1),
  tCommit: wholeSecond,
  tReveal: wholeSecond,
  beacon: nullOr(closed({ chain: hexOf(32), round: integer() })),
  recovery: nullOr(
    closed({ use: oneOf("always", "fallback"), suite: oneOf(1), t: integer(2), pk: hexOf(33), memberKeys: list(hexOf(33), 2, 16) }),
  ),
  pool: list(
    closed({ id: hexOf(32), group: nullOr(text(1, 128)), strata: list(identifier), recusal: nullOr(oneOf(...recusals)) }),
    0,
    10_000,
  ),
  strata: list(closed({ id: identifier, quota: integer(1) })),
  maxPerGroup: nullOr(integer(1)),
  coefficients: list(closed({ id: identifier, values: list(text(1, 32), 2, 1000) })),
  supersedes: nullOr(closed({ drawId: text(1, 64), planHash: hexOf(32), reason: text(1, 256) })),
});

export function planIsGood(value: Value): boolean {
  if (!planShape(value)) return false;
  const plan = value as unknown as Plan;
  return partiesFit(plan) && timesFit(plan) && poolFits(plan) && (plan.recovery === null || recoveryFits(plan.recovery));
}

function partiesFit({ contributors, minReveals, beacon, recovery }: Plan): boolean {
  const least = beacon === null && recovery === null ? 2 : 1;
  return !hasRepetition(contributors.map(({ key }) => key)) && minReveals >= least && minReveals <= contributors.length;
}

function timesFit({ tCommit, tReveal, beacon, recovery }: Plan): boolean {
  if (tCommit >= tReveal || (beacon !== null && beacon.chain !== quicknet)) return false;
  return recovery === null || (recovery.use === "always") === (beacon === null);
}

function poolFits(plan: Plan): boolean {
  if (!ascends(plan.pool.map(({ id }) => id))) return false;
  if (plan.kind === "coefficient") return coefficientsFit(plan);
  if (plan.pool.length === 0 || plan.coefficients.length > 0) return false;
  const strata = plan.strata.map(({ id }) => id);
  if (plan.kind === "order")
    return strata.length === 0 && plan.maxPerGroup === null && plan.pool.every((entry) => entry.strata.length === 0);
  const namesKnownStrata = (named: string[]) => named.length > 0 && !hasRepetition(named) && named.every((id) => strata.includes(id));
  return strata.length > 0 && !hasRepetition(strata) && plan.pool.every((entry) => namesKnownStrata(entry.strata));
}

function coefficientsFit({ pool, strata, maxPerGroup, coefficients }: Plan): boolean {
  if (pool.length > 0 || strata.length > 0 || maxPerGroup !== null || coefficients.length === 0) return false;
  return !hasRepetition(coefficients.map(({ id }) => id)) && coefficients.every(({ values }) => !hasRepetition(values));
}

function recoveryFits({ t, pk, memberKeys }: Recovery): boolean {
  if (t > memberKeys.length || ![pk, ...memberKeys].every(isPoint)) return false;
  const base = memberKeys.slice(0, t - 1).map((key, k): [number, string] => [k + 1, key]);
  // Every further member together with the first t−1 must give the same group key.
  return memberKeys.every((key, k) => k < t - 1 || groupKeyOf([...base, [k + 1, key]]) === pk);
}
