/**
 * The draw plan (draw-v1 §2): frozen before anything random exists, so that nobody can choose rules
 * after seeing numbers. Its hash is the name of the draw in every later signature. This module never
 * decides who may be in the pool; it only says whether a plan can be drawn and verified.
 */
import { fromHex, hex, utf8 } from "../bytes.ts";
import { jcs, sha256 } from "../jcs.ts";
import { beaconRoundFor, quicknetChain } from "./beacon.ts";
import { sign, signatureIsValid } from "./ed25519.ts";
import { memberKeysFitGroupKey } from "./member-keys.ts";
import type { DrawPlan } from "./schemas.ts";

/** 0 plain, 1 beacon, 2 recovery (draw-v1 §1). */
export type DrawMode = 0 | 1 | 2;

/** The 32 bytes that name the plan: H(JCS(plan)). */
export function planHash(plan: DrawPlan): Uint8Array<ArrayBuffer> {
  return sha256(jcs(plan));
}

/** The pseudonym of a person (or of an employer, as `group`) in a pool; the salt stays with the supervisor. */
export function poolId(salt: Uint8Array, memberId: string): string {
  return hex(sha256("draw/v1 pool\n", salt, memberId));
}

export function drawMode(plan: Pick<DrawPlan, "beacon" | "recovery">, fallbackIsDeclared: boolean): DrawMode {
  if (plan.recovery?.use === "always" || (plan.recovery !== null && fallbackIsDeclared)) return 2;
  return plan.beacon === null ? 0 : 1;
}

/** The operator's signature that freezes the plan (draw-v1 §3.1). */
export function signFreeze(plan: DrawPlan, operatorSecret: Uint8Array): string {
  return hex(sign(freezeMessage(plan), operatorSecret));
}

export function freezeIsValid(plan: DrawPlan, signature: string): boolean {
  return signatureIsValid(fromHex(signature), freezeMessage(plan), fromHex(plan.operatorKey));
}

/** The supervisor's word that the beacon will not be waited for (draw-v1 §3.4). */
export function signFallback(plan: DrawPlan, reason: string, supervisorSecret: Uint8Array): string {
  return hex(sign(fallbackMessage(plan, reason), supervisorSecret));
}

export function fallbackIsValid(plan: DrawPlan, reason: string, signature: string): boolean {
  return signatureIsValid(fromHex(signature), fallbackMessage(plan, reason), fromHex(plan.supervisorKey));
}

function freezeMessage(plan: DrawPlan): Uint8Array[] {
  return [utf8("draw/v1 freeze\n"), planHash(plan)];
}

function fallbackMessage(plan: DrawPlan, reason: string): Uint8Array[] {
  return [utf8("draw/v1 fallback\n"), planHash(plan), sha256(reason)];
}

/**
 * The first reason why a plan of the right shape (DrawPlanSchema) would not verify, as a sentence for
 * the operator; undefined when it may be frozen.
 */
export function findPlanFault(plan: DrawPlan): string | undefined {
  return [...commonFaults(plan), ...kindFaults(plan), ...beaconFaults(plan), ...recoveryFaults(plan)].find((fault) => fault.holds)?.says;
}

type Fault = { holds: boolean; says: string };
const fault = (holds: boolean, says: string): Fault => ({ holds, says });

function* commonFaults(plan: DrawPlan): Generator<Fault> {
  const count = plan.contributors.length;
  const leastReveals = plan.beacon === null && plan.recovery === null ? 2 : 1;
  const texts: [string, number][] = [
    [plan.purpose, 64],
    [plan.subject, 128],
    [plan.rulesVersion, 64],
    ...plan.contributors.map(({ name }): [string, number] => [name, 128]),
    ...plan.pool.map(({ group }): [string, number] => [group ?? "-", 128]),
  ];
  yield fault(
    texts.some(([text, bytesMax]) => text === "" || utf8(text).length > bytesMax),
    "a text is empty or too long in UTF-8 bytes",
  );
  yield fault(count < 2 || count > 32, "2 to 32 contributors are needed");
  yield fault(hasRepetition(plan.contributors.map(({ key }) => key)), "two contributors have the same key");
  yield fault(plan.minReveals < leastReveals || plan.minReveals > count, `minReveals must lie between ${leastReveals} and ${count}`);
  yield fault(plan.tCommit >= plan.tReveal, "tCommit must come before tReveal");
  yield fault(
    plan.pool.some(({ id }, k) => k > 0 && id <= (plan.pool[k - 1]?.id ?? "")),
    "the pool must ascend strictly by id",
  );
}

function* kindFaults(plan: DrawPlan): Generator<Fault> {
  const strata = plan.strata.map(({ id }) => id);
  const isSelect = plan.kind === "select";
  yield fault(isSelect !== strata.length > 0, "strata belong to a select draw, and only to it");
  yield fault((plan.kind === "coefficient") !== plan.coefficients.length > 0, "coefficients belong to a coefficient draw, and only to it");
  yield fault((plan.kind === "coefficient") !== (plan.pool.length === 0), "the pool must be empty in a coefficient draw, and only there");
  yield fault(!isSelect && plan.maxPerGroup !== null, "maxPerGroup belongs to a select draw");
  yield fault(hasRepetition(strata) || hasRepetition(plan.coefficients.map(({ id }) => id)), "an id stands twice");
  for (const entry of plan.pool) {
    yield fault(isSelect !== entry.strata.length > 0, "a person of the pool has no stratum, or has one outside a select draw");
    yield fault(
      hasRepetition(entry.strata) || entry.strata.some((id) => !strata.includes(id)),
      "a person names a stratum twice or an unknown one",
    );
  }
  for (const { values } of plan.coefficients)
    yield fault(values.length < 2 || hasRepetition(values), "a coefficient needs 2 or more different values");
}

function* beaconFaults(plan: DrawPlan): Generator<Fault> {
  if (plan.beacon === null) return;
  yield fault(plan.beacon.chain !== quicknetChain, "only the drand chain quicknet is allowed");
  yield fault(plan.beacon.round !== beaconRoundFor(plan.tReveal), "the round is not the first one 60 s after tReveal");
}

function* recoveryFaults(plan: DrawPlan): Generator<Fault> {
  const recovery = plan.recovery;
  if (recovery === null) return;
  yield fault((recovery.use === "always") !== (plan.beacon === null), 'recovery "always" excludes a beacon, "fallback" needs one');
  yield fault(recovery.t > recovery.memberKeys.length, "t is larger than the number of members");
  yield fault(!memberKeysFitGroupKey(recovery), "the member keys do not belong to the group key");
}

function hasRepetition(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}
