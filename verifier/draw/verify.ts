/**
 * 抽取可核验: whoever has the one record file recomputes the whole draw. The steps and their order are
 * those of draw-v1 §6; the first failure is the answer, and its code comes from the closed list there.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble256 } from "@noble/hashes/sha2.js";
import { concat, fromHex, hex, u8, u32 } from "../../formats/bytes.ts";
import { jcs, jcsText, sha256 } from "../../formats/jcs.ts";
import { readIJson, type Value } from "../i-json.ts";
import { ascends, hexOf, isObject } from "../shapes.ts";
import { beaconHolds, roundOfPlan } from "./beacon.ts";
import { signatureHolds, vrfOutput } from "./ed25519.ts";
import { orderHolds, somethingIsLate } from "./log-order.ts";
import { coefficientsOf, orderOf, type Row, rowsAfter, type StratumResult, seatsOf } from "./outcome.ts";
import { commitOpens, groupKeyOf, isPoint, openSealed, partialHolds } from "./p256.ts";
import { planIsGood } from "./plan.ts";
import { type DrawRecord, recordShape } from "./record.ts";

/** The closed list of draw-v1 §6. */
export type DrawCode =
  | "E_JSON"
  | "E_FORMAT"
  | "E_PLAN"
  | "E_PLAN_HASH"
  | "E_FREEZE_SIG"
  | "E_COMMIT"
  | "E_COMMIT_SIG"
  | "E_VRF"
  | "E_FALLBACK"
  | "E_REVEAL"
  | "E_RECOVERY"
  | "E_BEACON_ROUND"
  | "E_BEACON"
  | "E_ORDER"
  | "E_LATE"
  | "E_TOO_FEW"
  | "E_FAULTS"
  | "E_QUOTA"
  | "E_SEED"
  | "E_RESULT"
  | "E_SUBSTITUTION"
  | "E_FINAL";

export type DrawVerdict =
  | { ok: true; drawId: string; planHash: string; mode: 0 | 1 | 2; seed: string; outcome: Value }
  | { ok: false; code: DrawCode };

class Failed {
  readonly code: DrawCode;
  constructor(code: DrawCode) {
    this.code = code;
  }
}

function demand(holds: boolean, code: DrawCode): asserts holds {
  if (!holds) throw new Failed(code);
}

/** Verifies one draw-record/v1 text. Never throws on any input. */
export function verifyDraw(input: string | Uint8Array): DrawVerdict {
  try {
    return verifySteps(input);
  } catch (failure) {
    if (failure instanceof Failed) return { ok: false, code: failure.code };
    throw failure;
  }
}

/** What the steps have established so far. */
type Known = { record: DrawRecord; hash: Uint8Array; mode: 0 | 1 | 2; beta: string | undefined };

function verifySteps(input: string | Uint8Array): DrawVerdict {
  const value = readIJson(input);
  demand(value !== undefined, "E_JSON");
  demand(recordShape(value) && isObject(value), "E_FORMAT");
  demand(planIsGood(value.plan ?? null), "E_PLAN");
  const record = value as unknown as DrawRecord;
  const known = checkSetup(record);
  const contributions = checkContributions(known);
  checkBeacon(known);
  demand(orderHolds(record), "E_ORDER");
  demand(!somethingIsLate(record), "E_LATE");
  demand(contributions.filter((s) => s !== undefined).length >= record.plan.minReveals, "E_TOO_FEW");
  demand(same(record.faults, faultsOf(known, contributions)), "E_FAULTS");
  const seed = seedOf(known, contributions);
  const outcome = checkOutcome(record, seed);
  return { ok: true, drawId: record.plan.drawId, planHash: record.planHash, mode: known.mode, seed: hex(seed), outcome };
}

/** Steps 4 to 8: what stands before the contributions. */
function checkSetup(record: DrawRecord): Known {
  const { plan, freeze, platform, fallback } = record;
  const hash = sha256(jcs(plan));
  demand(hex(hash) === record.planHash, "E_PLAN_HASH");
  demand(signatureHolds(freeze.sig, concat("draw/v1 freeze\n", hash), plan.operatorKey), "E_FREEZE_SIG");
  checkCommits(record, hash);
  const beta = platform === null ? undefined : vrfOutput(plan.vrfKey, hash, platform.pi);
  demand(platform === null || beta !== undefined, "E_VRF");
  if (fallback !== null) {
    demand(plan.recovery?.use === "fallback", "E_FALLBACK");
    demand(signatureHolds(fallback.sig, concat("draw/v1 fallback\n", hash, sha256(fallback.reason)), plan.supervisorKey), "E_FALLBACK");
  }
  const isRecovered = plan.recovery?.use === "always" || fallback !== null;
  return { record, hash, beta, mode: isRecovered ? 2 : plan.beacon === null ? 0 : 1 };
}

function checkCommits({ plan, commits }: DrawRecord, hash: Uint8Array): void {
  demand(ascends(commits.map(({ i }) => i)), "E_COMMIT");
  for (const { i, sealed } of commits) {
    demand(plan.contributors[i] !== undefined, "E_COMMIT");
    demand((sealed === null) === (plan.recovery === null), "E_COMMIT");
    demand(sealed === null || isPoint(sealed.R), "E_COMMIT");
  }
  for (const { i, c, sealed, sig } of commits) {
    const seal = sealed === null ? new Uint8Array(32) : sha256(fromHex(sealed.R), fromHex(sealed.ct));
    const message = concat("draw/v1 commit-sig\n", hash, u32(i), fromHex(c), seal);
    demand(signatureHolds(sig, message, plan.contributors[i]?.key ?? ""), "E_COMMIT_SIG");
  }
}

/** Steps 9 and 10; s_i by contributor, undefined where the marker is empty. */
function checkContributions(known: Known): (Uint8Array | undefined)[] {
  const { record, mode } = known;
  demand(mode !== 2 || record.reveals.length === 0, "E_REVEAL");
  const revealed = checkReveals(known);
  demand(mode === 2 || record.partials.length === 0, "E_RECOVERY");
  return mode === 2 ? checkPartials(known) : revealed;
}

function checkReveals({ record, hash }: Known): (Uint8Array | undefined)[] {
  demand(ascends(record.reveals.map(({ i }) => i)), "E_REVEAL");
  const revealed: (Uint8Array | undefined)[] = record.plan.contributors.map(() => undefined);
  for (const { i, s, rho } of record.reveals) {
    const commit = record.commits.find((candidate) => candidate.i === i);
    demand(commit !== undefined && commitOpens(hash, commit, fromHex(s + rho)), "E_REVEAL");
    revealed[i] = fromHex(s);
  }
  return revealed;
}

function checkPartials({ record, hash }: Known): (Uint8Array | undefined)[] {
  const { plan, commits, partials } = record;
  const { memberKeys, t } = plan.recovery ?? { memberKeys: [], t: Number.POSITIVE_INFINITY };
  partials.forEach((partial, k) => {
    const before = partials[k - 1];
    demand(before === undefined || partial.i > before.i || (partial.i === before.i && partial.member > before.member), "E_RECOVERY");
    const commit = commits.find(({ i }) => i === partial.i);
    const memberKey = memberKeys[partial.member - 1];
    demand(commit !== undefined && memberKey !== undefined && partialHolds(hash, commit, partial, memberKey), "E_RECOVERY");
  });
  const opened: (Uint8Array | undefined)[] = plan.contributors.map(() => undefined);
  for (const commit of commits) {
    // The rows ascend by member: the first t are those with the smallest numbers.
    const rows = partials
      .filter(({ i }) => i === commit.i)
      .slice(0, t)
      .map(({ member, D }): [number, string] => [member, D]);
    demand(rows.length === t, "E_RECOVERY");
    const combined = groupKeyOf(rows);
    demand(combined !== undefined, "E_RECOVERY");
    opened[commit.i] = openSealed(hash, commit, combined);
  }
  return opened;
}

/** Step 11. */
function checkBeacon({ record: { plan, beacon }, mode }: Known): void {
  demand(plan.beacon === null || plan.beacon.round === roundOfPlan(plan.tReveal), "E_BEACON_ROUND");
  demand((beacon !== null) === (mode === 1), "E_BEACON");
  if (beacon === null) return;
  demand(beacon.round === plan.beacon?.round, "E_BEACON_ROUND");
  demand(beaconHolds(beacon.round, beacon.signature), "E_BEACON");
}

/** Step 15: every absence is named, and nothing else. */
function faultsOf({ record, mode }: Known, contributions: readonly (Uint8Array | undefined)[]): Value {
  const faults: Value[] = [];
  contributions.forEach((s, i) => {
    if (s !== undefined) return;
    const hasCommitted = record.commits.some((commit) => commit.i === i);
    faults.push({ code: !hasCommitted ? "NO_COMMIT" : mode === 2 ? "BAD_RECOVERY" : "NO_REVEAL", i });
  });
  if (record.platform === null) faults.push({ code: "PLATFORM_MISSING" });
  return faults;
}

function seedOf({ record, hash, mode, beta }: Known, contributions: readonly (Uint8Array | undefined)[]): Uint8Array {
  const marked = (bytes: Uint8Array | undefined, length: number) =>
    bytes === undefined ? new Uint8Array(length + 1) : concat(u8(1), bytes);
  return hmac(
    noble256,
    hash,
    concat(
      "draw/v1 seed\n",
      u8(mode),
      ...contributions.map((s) => marked(s, 32)),
      marked(beta === undefined ? undefined : fromHex(beta), 64),
      record.beacon === null ? new Uint8Array(48) : fromHex(record.beacon.signature),
    ),
  );
}

/** Steps 16 to 20. */
function checkOutcome(record: DrawRecord, seed: Uint8Array): Value {
  const { plan, result, substitutions } = record;
  const strata = plan.kind === "select" ? seatsOf(plan, seed) : [];
  demand(strata !== undefined, "E_QUOTA");
  const statedSeed = isObject(result) ? result.seed : undefined;
  demand(hexOf(32)(statedSeed) && statedSeed === hex(seed), "E_SEED");
  const computed = resultOf(record, seed, strata);
  demand(same(result, { seed: hex(seed), ...computed }), "E_RESULT");
  demand(plan.kind === "select" || substitutions.length === 0, "E_SUBSTITUTION");
  const rows: Row[] | undefined = rowsAfter(plan, strata, substitutions);
  demand(rows !== undefined, "E_SUBSTITUTION");
  demand(same(record.final, rows), "E_FINAL");
  return plan.kind === "select" ? rows : (Object.values(computed)[0] ?? null);
}

function resultOf({ plan }: DrawRecord, seed: Uint8Array, strata: StratumResult[]): { [name: string]: Value } {
  if (plan.kind === "order") return { order: orderOf(plan, seed) };
  if (plan.kind === "coefficient") return { coefficients: coefficientsOf(plan, seed) };
  return { strata };
}

function same(a: Value, b: Value): boolean {
  return jcsText(a) === jcsText(b);
}
