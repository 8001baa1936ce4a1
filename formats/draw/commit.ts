/**
 * A contributor's commit and reveal (draw-v1 §3.2, §3.5), made on the contributor's own device. The
 * secret s and its blinding rho must stay there until the commit phase is over; with a recovery key
 * in the plan they are also sealed to the opening members, so that nobody can withhold them later.
 */
import { gcm } from "@noble/ciphers/aes.js";
import { concat, equalBytes, fromHex, hex, u32 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { sign, signatureIsValid } from "./ed25519.ts";
import { basePointTimes, isPoint, pointTimes, recoveryKey } from "./p256.ts";
import { planHash } from "./plan.ts";
import type { CommitPost, DrawPlan, RevealPost } from "./schemas.ts";

/** 32 random bytes each, from the contributor's own random source, never used twice. */
export type ContributionSecret = { s: Uint8Array; rho: Uint8Array };

export type CommitInput = ContributionSecret & {
  plan: DrawPlan;
  /** Position in plan.contributors. */
  i: number;
  /** Ed25519 secret of that contributor. */
  signingSecret: Uint8Array;
  /** Random scalar, 32 bytes; needed exactly when the plan has a recovery key. */
  sealScalar?: Uint8Array;
};

/** The signed commit, ready to be posted. @throws RangeError when the seal scalar is missing or superfluous. */
export function makeCommit(input: CommitInput): CommitPost {
  const { plan, i } = input;
  const c = commitDigest(plan, i, input);
  const sealed = sealContribution(input, c);
  const sig = sign(commitMessage(plan, i, c, sealed), input.signingSecret);
  return { i, c: hex(c), sealed, sig: hex(sig) };
}

/** What is posted after tCommit in modes 0 and 1. */
export function makeReveal(i: number, secret: ContributionSecret): RevealPost {
  return { i, s: hex(secret.s), rho: hex(secret.rho) };
}

/** c_i = H("draw/v1 commit\n" ‖ H_plan ‖ u32(i) ‖ s_i ‖ ρ_i) */
export function commitDigest(plan: DrawPlan, i: number, secret: ContributionSecret): Uint8Array<ArrayBuffer> {
  return sha256("draw/v1 commit\n", planHash(plan), u32(i), secret.s, secret.rho);
}

/** Whether a commit may be accepted on receipt: known index, sealed as the plan asks, valid point and signature. */
export function commitIsValid(plan: DrawPlan, commit: CommitPost): boolean {
  const contributor = plan.contributors[commit.i];
  if (contributor === undefined || (commit.sealed === null) !== (plan.recovery === null)) return false;
  if (commit.sealed !== null && !isPoint(commit.sealed.R)) return false;
  const message = commitMessage(plan, commit.i, fromHex(commit.c), commit.sealed);
  return signatureIsValid(fromHex(commit.sig), message, fromHex(contributor.key));
}

export function revealOpensCommit(plan: DrawPlan, commit: Pick<CommitPost, "i" | "c">, reveal: RevealPost): boolean {
  const secret = { s: fromHex(reveal.s), rho: fromHex(reveal.rho) };
  return commit.i === reveal.i && equalBytes(commitDigest(plan, reveal.i, secret), fromHex(commit.c));
}

/** The secret inside a sealed commit, or undefined when it was sealed wrongly (fault BAD_RECOVERY). */
export function openSealedCommit(plan: DrawPlan, commit: CommitPost, sharedPoint: string): ContributionSecret | undefined {
  if (commit.sealed === null) return undefined;
  const key = recoveryKey(sharedPoint, commit.sealed.R, recoveryInfo(plan, commit.i));
  try {
    const plain = gcm(key, zeroNonce, additionalData(plan, commit.i, fromHex(commit.c))).decrypt(fromHex(commit.sealed.ct));
    const secret = { s: plain.slice(0, 32), rho: plain.slice(32) };
    return hex(commitDigest(plan, commit.i, secret)) === commit.c ? secret : undefined;
  } catch {
    return undefined;
  }
}

/** The info of the sealing key; its hash is the context of the members' proofs. */
export function recoveryInfo(plan: DrawPlan, i: number): Uint8Array<ArrayBuffer> {
  return concat("draw/v1 recover\n", planHash(plan), u32(i));
}

// The key is used for one message only, so that a fixed nonce is safe (draw-v1 §3.2).
const zeroNonce = new Uint8Array(12);

function sealContribution(input: CommitInput, c: Uint8Array): CommitPost["sealed"] {
  const { plan, i, sealScalar } = input;
  if ((sealScalar === undefined) !== (plan.recovery === null))
    throw new RangeError("a seal scalar is needed exactly when the plan has a recovery key");
  if (sealScalar === undefined || plan.recovery === null) return null;
  const R = basePointTimes(sealScalar);
  const key = recoveryKey(pointTimes(plan.recovery.pk, sealScalar), R, recoveryInfo(plan, i));
  const ct = gcm(key, zeroNonce, additionalData(plan, i, c)).encrypt(concat(input.s, input.rho));
  return { R, ct: hex(ct) };
}

function additionalData(plan: DrawPlan, i: number, c: Uint8Array): Uint8Array {
  return concat(planHash(plan), u32(i), c);
}

function commitMessage(plan: DrawPlan, i: number, c: Uint8Array, sealed: CommitPost["sealed"]): Uint8Array[] {
  const seal = sealed === null ? new Uint8Array(32) : sha256(fromHex(sealed.R), fromHex(sealed.ct));
  return [concat("draw/v1 commit-sig\n", planHash(plan), u32(i), c, seal)];
}
