/**
 * Mode 2 (draw-v1 §3.5): t of n members open the sealed commits together, each with a proof that its
 * share was used. A member must post nothing before all commits are logged and tCommit has passed.
 */
import { concat, fromHex, hex, u8 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { type ContributionSecret, openSealedCommit, recoveryInfo } from "./commit.ts";
import { groupOrder, interpolateAtZero, isPoint, P256Point, pointFrom, pointText, scalarFrom, scalarText, secretScalar } from "./p256.ts";
import type { CommitPost, DrawPlan, PartialPost } from "./schemas.ts";

export type PartialInput = {
  plan: DrawPlan;
  commit: CommitPost;
  /** 1..n, the position of the member's key plus one. */
  member: number;
  /** x_j, 32 bytes: never leaves the member's device. */
  share: Uint8Array;
  /** Random scalar of the proof, 32 bytes, never used twice. */
  nonce: Uint8Array;
};

/** D = x_j·R and its DLEQ proof. @throws RangeError for a commit that is not sealed. */
export function makePartial({ plan, commit, member, share, nonce }: PartialInput): PartialPost {
  if (commit.sealed === null) throw new RangeError("the commit is not sealed");
  const R = pointFrom(commit.sealed.R);
  const x = secretScalar(share);
  const k = secretScalar(nonce);
  const Y = P256Point.BASE.multiply(x);
  const D = R.multiply(x);
  const c = dleqChallenge(proofContext(plan, commit.i), member, [Y, R, D, P256Point.BASE.multiply(k), R.multiply(k)]);
  const z = (k + c * x) % groupOrder;
  return { i: commit.i, member, D: pointText(D), c: scalarText(c), z: scalarText(z) };
}

/** Whether a partial may be accepted: member known, D a point, DLEQ holds. */
export function partialIsValid(plan: DrawPlan, commit: CommitPost, partial: PartialPost): boolean {
  const memberKey = plan.recovery?.memberKeys[partial.member - 1];
  if (memberKey === undefined || commit.sealed === null || commit.i !== partial.i || !isPoint(partial.D)) return false;
  const c = scalarFrom(fromHex(partial.c));
  const z = scalarFrom(fromHex(partial.z));
  if (c >= groupOrder || z >= groupOrder) return false;
  const [Y, R, D] = [pointFrom(memberKey), pointFrom(commit.sealed.R), pointFrom(partial.D)];
  const A = P256Point.BASE.multiplyUnsafe(z).subtract(Y.multiplyUnsafe(c));
  const B = R.multiplyUnsafe(z).subtract(D.multiplyUnsafe(c));
  if (A.is0() || B.is0()) return false;
  return dleqChallenge(proofContext(plan, partial.i), partial.member, [Y, R, D, A, B]) === c;
}

/**
 * The contribution inside a sealed commit from its valid partials, or undefined when the contributor
 * sealed rubbish. @throws RangeError with fewer than t partials, or when they cancel to infinity.
 */
export function recoverContribution(plan: DrawPlan, commit: CommitPost, partials: readonly PartialPost[]): ContributionSecret | undefined {
  const t = plan.recovery?.t ?? Number.POSITIVE_INFINITY;
  const used = partials
    .filter(({ i }) => i === commit.i)
    .sort((a, b) => a.member - b.member)
    .slice(0, t);
  if (used.length < t) throw new RangeError(`contribution ${commit.i} has fewer than ${t} partials`);
  const shared = interpolateAtZero(new Map(used.map(({ member, D }) => [member, pointFrom(D)])));
  if (shared.is0()) throw new RangeError("the partials cancel out");
  return openSealedCommit(plan, commit, pointText(shared));
}

function proofContext(plan: DrawPlan, i: number): Uint8Array {
  return sha256(recoveryInfo(plan, i));
}

function dleqChallenge(context: Uint8Array, member: number, points: readonly P256Point[]): bigint {
  const digest = sha256(concat("seal/v1 dleq\n", context, u8(member), ...points.map((point) => point.toBytes(true))));
  return BigInt(`0x${hex(digest)}`) % groupOrder;
}
