/**
 * The key ceremony from one member's side (seal-v1 §3). A desk keeps `MemberSecrets` and, between the rounds,
 * its polynomial; neither leaves the desk, and the share x_l is kept there alone. Each round first checks what
 * the others posted; a failure is a public complaint, and the ceremony begins again without the culprit.
 */
import { fromHex, hex } from "../bytes.ts";
import { type CeremonyCode, checkRound1, checkRound2, checkRound3, planCode } from "./ceremony-check.ts";
import {
  ackMessage,
  type CeremonyPlan,
  type CeremonyPosts,
  commitmentOfPoints,
  constantTermPrefix,
  evaluateJointly,
  evaluatePoints,
  round1Message,
  round2Message,
  round3Message,
  shareBinding,
} from "./ceremony-rounds.ts";
import { eciesOpen, eciesSeal } from "./ecies.ts";
import { pointHex, type Random, randomScalar, type Suite, scalarBytes, secretScalar, signMessage } from "./group.ts";
import { proveSchnorr } from "./proofs.ts";
import type { Round1Row, Round2Row, Round3Row, SealCeremony } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

/** The long-lived keys of one member, and which member it is (1..n). */
export interface MemberSecrets {
  member: number;
  signSecret: Uint8Array;
  encSecret: Uint8Array;
}

/** The member's polynomial: coefficients a_0 … a_(t−1), hex. Kept by the member only. */
export interface MemberPolynomial {
  coefficients: string[];
}

/** Who is publicly accused, in which round, and by which code. */
export interface CeremonyComplaint {
  against: number;
  round: 1 | 2 | 3;
  code: CeremonyCode | "E_SHARE";
}

export type CeremonyStep<T> = { ok: true; value: T } | { ok: false; complaints: CeremonyComplaint[] };

/** Round 1: a fresh polynomial and the signed commitment to its points. @throws RangeError for a bad plan. */
export function makeRound1(plan: CeremonyPlan, own: MemberSecrets, random: Random): { polynomial: MemberPolynomial; row: Round1Row } {
  const suite = suiteOf(plan.suite);
  const fault = planCode(plan);
  if (fault !== undefined) throw new RangeError(`no ceremony can run on this plan: ${fault}`);
  const coefficients = Array.from({ length: plan.t }, () => hex(scalarBytes(suite, randomScalar(suite, random))));
  const commit = hex(commitmentOfPoints(plan, own.member, pointsOf(suite, { coefficients })));
  const sig = signMessage(suite, own.signSecret, round1Message(plan, own.member, { commit }), random);
  return { polynomial: { coefficients }, row: { commit, sig } };
}

/** Round 2, after all n commitments: the points and the proof of the constant term. */
export function makeRound2(
  plan: CeremonyPlan,
  own: MemberSecrets,
  state: { polynomial: MemberPolynomial; posts: Pick<CeremonyPosts, "round1"> },
  random: Random,
): CeremonyStep<Round2Row> {
  const complaints = complaintsAbout(1, plan, state.posts.round1.length, (j) => checkRound1(plan, j, state.posts.round1[j - 1]!));
  if (complaints.length > 0) return { ok: false, complaints };
  const suite = suiteOf(plan.suite);
  const constant = secretScalar(suite, fromHex(state.polynomial.coefficients[0]!));
  const points = pointsOf(suite, state.polynomial);
  const pok = proveSchnorr(suite, constant, constantTermPrefix(plan, own.member), random);
  const sig = signMessage(suite, own.signSecret, round2Message(plan, own.member, { points, pok }), random);
  return { ok: true, value: { points, pok, sig } };
}

/** Round 3, after all n rows of round 2: one sealed share for every other member. */
export function makeRound3(
  plan: CeremonyPlan,
  own: MemberSecrets,
  state: { polynomial: MemberPolynomial; posts: Omit<CeremonyPosts, "round3"> },
  random: Random,
): CeremonyStep<Round3Row[]> {
  const { round1, round2 } = state.posts;
  const complaints = complaintsAbout(2, plan, round2.length, (j) => checkRound2(plan, j, round2[j - 1]!, round1[j - 1]!.commit));
  if (complaints.length > 0) return { ok: false, complaints };
  const suite = suiteOf(plan.suite);
  const others = plan.members.map((_, i) => i + 1).filter((j) => j !== own.member);
  const value = others.map((to) => {
    const share = scalarBytes(suite, evaluate(suite, state.polynomial, to));
    const recipient = { key: plan.members[to - 1]!.encKey, r: randomScalar(suite, random) };
    const row = { from: own.member, to, ...eciesSeal(suite, recipient, shareBinding(plan, own.member, to), share) };
    return { ...row, sig: signMessage(suite, own.signSecret, round3Message(plan, row), random) };
  });
  return { ok: true, value };
}

/** After round 3: the member's own share x_l, checked against every other member's points. */
export function receiveShares(
  plan: CeremonyPlan,
  own: MemberSecrets,
  state: { polynomial: MemberPolynomial; posts: CeremonyPosts },
): CeremonyStep<{ share: Uint8Array<ArrayBuffer> }> {
  const suite = suiteOf(plan.suite);
  const complaints: CeremonyComplaint[] = [];
  let sum = evaluate(suite, state.polynomial, own.member);
  for (let from = 1; from <= plan.members.length; from++) {
    if (from === own.member) continue;
    const row = state.posts.round3.find((candidate) => candidate.from === from && candidate.to === own.member);
    const code = row === undefined ? "E_CEREMONY" : checkRound3(plan, row);
    const share = code === undefined ? openShare(plan, own, row!, state.posts.round2[from - 1]!.points) : undefined;
    if (share === undefined) complaints.push({ against: from, round: 3, code: code ?? "E_SHARE" });
    else sum = suite.Point.Fn.add(sum, share);
  }
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, value: { share: scalarBytes(suite, sum) } };
}

/** The ceremony as it stands before the acks. @throws RangeError when posts are missing or pk is infinite. */
export function assembleCeremony(plan: CeremonyPlan, posts: CeremonyPosts): SealCeremony {
  const suite = suiteOf(plan.suite);
  const n = plan.members.length;
  const keys = Array.from({ length: n + 1 }, (_, at) => evaluateJointly(suite, posts.round2, at));
  if (posts.round2.length !== n || keys.some((key) => key === undefined || key.is0())) throw new RangeError("the ceremony has no key");
  const [pk, ...memberKeys] = keys.map((key) => pointHex(key!));
  const { tenderId, lotId, t, members } = plan;
  const round3 = [...posts.round3].sort((a, b) => a.from - b.from || a.to - b.to);
  return {
    format: "seal-ceremony/v1",
    suite: plan.suite,
    tenderId,
    lotId,
    t,
    n,
    members,
    round1: posts.round1,
    round2: posts.round2,
    round3,
    complaints: [],
    pk: pk!,
    memberKeys,
    acks: [],
  };
}

/** The member's signature over the whole, after `receiveShares` succeeded. @throws RangeError if the share is not the one of the record. */
export function makeAck(ceremony: SealCeremony, own: MemberSecrets, share: Uint8Array, random: Random): string {
  const suite = suiteOf(ceremony.suite);
  const key = pointHex(suite.Point.BASE.multiply(secretScalar(suite, share)));
  if (key !== ceremony.memberKeys[own.member - 1]) throw new RangeError("the share does not belong to this ceremony");
  return signMessage(suite, own.signSecret, ackMessage(ceremony), random);
}

function complaintsAbout(
  round: 1 | 2,
  plan: CeremonyPlan,
  posted: number,
  check: (member: number) => CeremonyCode | undefined,
): CeremonyComplaint[] {
  return plan.members.flatMap((_, i) => {
    const code = i < posted ? check(i + 1) : "E_CEREMONY";
    return code === undefined ? [] : [{ against: i + 1, round, code }];
  });
}

function pointsOf(suite: Suite, { coefficients }: MemberPolynomial): string[] {
  return coefficients.map((a) => pointHex(suite.Point.BASE.multiply(secretScalar(suite, fromHex(a)))));
}

function evaluate(suite: Suite, { coefficients }: MemberPolynomial, at: number): bigint {
  const { Fn } = suite.Point;
  return coefficients.reduceRight((sum, a) => Fn.add(Fn.mul(sum, BigInt(at)), BigInt(`0x${a}`)), 0n);
}

/** f_from(own), or undefined when it does not open or does not fit the points of its sender. */
function openShare(plan: CeremonyPlan, own: MemberSecrets, row: Round3Row, points: readonly string[]): bigint | undefined {
  const suite = suiteOf(plan.suite);
  const bytes = eciesOpen(suite, secretScalar(suite, own.encSecret), shareBinding(plan, row.from, own.member), row);
  if (bytes?.length !== 32) return undefined;
  const share = BigInt(`0x${hex(bytes)}`);
  if (share === 0n || share >= suite.Point.Fn.ORDER) return undefined;
  const expected = evaluatePoints(suite, points, own.member);
  return expected?.equals(suite.Point.BASE.multiply(share)) ? share : undefined;
}
