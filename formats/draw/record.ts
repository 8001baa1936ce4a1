/**
 * Joins the logged steps of a draw to the one file that everybody can recompute (draw-record/v1,
 * draw-v1 §5). It computes, it never chooses: the same steps give the same bytes on every machine.
 */
import { fromHex, hex } from "../bytes.ts";
import { drawMode, planHash } from "./plan.ts";
import { recoverContribution } from "./recovery.ts";
import type {
  Beacon,
  Commit,
  DrawLog,
  DrawPlan,
  DrawRecord,
  Fallback,
  Fault,
  Freeze,
  Platform,
  RecoveryPartial,
  Reveal,
  SelectResult,
  Substitution,
} from "./schemas.ts";
import { drawSeed } from "./seed.ts";
import { drawResult, findSubstitute, type SubstitutionRequest, seatsAfter } from "./select.ts";
import { verifyVrf } from "./vrf.ts";

/** The logged steps before the result. Lists may come in any order. */
export type DrawSteps = {
  plan: DrawPlan;
  freeze: Freeze;
  commits: readonly Commit[];
  platform: Platform | null;
  fallback: Fallback | null;
  reveals: readonly Reveal[];
  partials: readonly RecoveryPartial[];
  beacon: Beacon | null;
};

/** A draw that lawfully fails: too few contributions, or a quota that cannot be met. */
export type DrawFailure = { ok: false; code: "E_TOO_FEW" | "E_QUOTA"; faults: Fault[] };

/** @throws RangeError when a step that the mode needs is missing (a fault of the caller, not of a party). */
export function assembleRecord(steps: DrawSteps): { ok: true; record: DrawRecord } | DrawFailure {
  const { plan } = steps;
  const commits = [...steps.commits].sort((a, b) => a.i - b.i);
  const contributions = collectContributions({ ...steps, commits });
  const faults = findFaults({ ...steps, commits }, contributions);
  if (contributions.filter((s) => s !== undefined).length < plan.minReveals) return { ok: false, code: "E_TOO_FEW", faults };
  const result = drawResult(plan, seedOf(steps, contributions));
  if (result === undefined) return { ok: false, code: "E_QUOTA", faults };
  const record: DrawRecord = {
    format: "draw-record/v1",
    plan,
    planHash: hex(planHash(plan)),
    freeze: steps.freeze,
    commits,
    platform: steps.platform,
    fallback: steps.fallback,
    reveals: [...steps.reveals].sort((a, b) => a.i - b.i),
    partials: [...steps.partials].sort((a, b) => a.i - b.i || a.member - b.member),
    beacon: steps.beacon,
    faults,
    result,
    substitutions: [],
    final: "strata" in result ? seatsAfter(plan, result, []) : [],
  };
  return { ok: true, record };
}

/** The record with one more substitution, in log order. @throws RangeError when `out` is not seated. */
export function withSubstitution(record: DrawRecord, request: SubstitutionRequest, log: DrawLog): DrawRecord {
  const result = selectResultOf(record);
  const substitute = findSubstitute(record.plan, result, record.substitutions, request);
  const substitutions: Substitution[] = [...record.substitutions, { ...request, in: substitute, log }];
  return { ...record, substitutions, final: seatsAfter(record.plan, result, substitutions) };
}

function selectResultOf(record: DrawRecord): SelectResult {
  if (!("strata" in record.result)) throw new RangeError("only a select draw has seats");
  return record.result;
}

function collectContributions(steps: DrawSteps): (Uint8Array | undefined)[] {
  const isRecovered = drawMode(steps.plan, steps.fallback !== null) === 2;
  return steps.plan.contributors.map((_, i) => {
    const commit = steps.commits.find((candidate) => candidate.i === i);
    if (commit === undefined) return undefined;
    if (isRecovered) return recoverContribution(steps.plan, commit, steps.partials)?.s;
    const reveal = steps.reveals.find((candidate) => candidate.i === i);
    return reveal === undefined ? undefined : fromHex(reveal.s);
  });
}

function findFaults(steps: DrawSteps, contributions: readonly (Uint8Array | undefined)[]): Fault[] {
  const silent = drawMode(steps.plan, steps.fallback !== null) === 2 ? "BAD_RECOVERY" : "NO_REVEAL";
  const faults = contributions.flatMap((s, i): Fault[] => {
    if (s !== undefined) return [];
    return [{ code: steps.commits.some((commit) => commit.i === i) ? silent : "NO_COMMIT", i }];
  });
  return steps.platform === null ? [...faults, { code: "PLATFORM_MISSING" }] : faults;
}

function seedOf({ plan, fallback, platform, beacon }: DrawSteps, contributions: readonly (Uint8Array | undefined)[]): Uint8Array {
  const mode = drawMode(plan, fallback !== null);
  if ((mode === 1) !== (beacon !== null)) throw new RangeError("the beacon belongs to mode 1, and only to it");
  const alpha = planHash(plan);
  const beta = platform === null ? undefined : verifyVrf(fromHex(plan.vrfKey), alpha, fromHex(platform.pi));
  if (platform !== null && beta === undefined) throw new RangeError("the platform's proof does not hold");
  return drawSeed({ planHash: alpha, mode, contributions, beta, beaconSignature: beacon === null ? undefined : fromHex(beacon.signature) });
}
