/**
 * What the rounds of the key ceremony (seal-v1 §3) say and sign. No secret passes through this file.
 */
import { type Bytesish, concat, fromHex, lp, u8, utf8 } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import { type Bytes, findPoint, type Point, type Suite } from "./group.ts";
import type { CeremonyMember, Round1Row, Round2Row, Round3Row, SealCeremony } from "./schemas.ts";
import { suiteOf } from "./suite.ts";

/** What is agreed before the first round. Member j is the one at position j − 1. */
export type CeremonyPlan = Pick<SealCeremony, "suite" | "tenderId" | "lotId" | "t"> & { members: CeremonyMember[] };

/** The rows posted so far, in order of members; round 3 in order of (from, to). */
export interface CeremonyPosts {
  round1: Round1Row[];
  round2: Round2Row[];
  round3: Round3Row[];
}

/** ctxC, to which every byte of the ceremony is bound. */
export function ceremonyContext(plan: CeremonyPlan): Bytes {
  const keys = plan.members.map(({ signKey, encKey }) => concat(fromHex(signKey), fromHex(encKey)));
  const { suite, t, tenderId, lotId, members } = plan;
  return suiteOf(suite).hash("seal/v1 ceremony\n", u8(suite), lp(tenderId), lp(lotId), u8(t), u8(members.length), ...keys);
}

export function commitmentOfPoints(plan: CeremonyPlan, member: number, points: readonly string[]): Bytes {
  return suiteOf(plan.suite).hash("seal/v1 dkg commit\n", ceremonyContext(plan), u8(member), ...points.map(fromHex));
}

export function round1Message(plan: CeremonyPlan, member: number, row: Pick<Round1Row, "commit">): Bytes {
  return boundMessage("round1", plan, member, [fromHex(row.commit)]);
}

export function round2Message(plan: CeremonyPlan, member: number, row: Pick<Round2Row, "points" | "pok">): Bytes {
  return boundMessage("round2", plan, member, [...row.points.map(fromHex), fromHex(row.pok.c), fromHex(row.pok.z)]);
}

export function round3Message(plan: CeremonyPlan, row: Omit<Round3Row, "sig">): Bytes {
  return boundMessage("round3", plan, row.from, [u8(row.to), fromHex(row.R), fromHex(row.ct)]);
}

/** Prefix of the Schnorr proof of a member's constant term. */
export function constantTermPrefix(plan: CeremonyPlan, member: number): Bytes {
  return boundMessage("pok", plan, member, []);
}

/** What binds a share to its way from one member to another. */
export function shareBinding(plan: CeremonyPlan, from: number, to: number): { info: Bytes; aad: Bytes } {
  const way = concat(ceremonyContext(plan), u8(from), u8(to));
  return { info: concat(utf8("seal/v1 dkg share\n"), way), aad: way };
}

/** What each member signs after having checked all shares. */
export function ackMessage(ceremony: SealCeremony): Bytes {
  const { acks: _, ...rest } = ceremony;
  return concat(utf8("seal/v1 dkg ack\n"), suiteOf(ceremony.suite).hash(jcs(rest)));
}

/** Σ_k at^k·C_k of one member's points: f(at)·G. Undefined when one is no point. */
export function evaluatePoints(suite: Suite, points: readonly string[], at: number): Point | undefined {
  let sum = suite.Point.ZERO;
  for (const text of [...points].reverse()) {
    const point = findPoint(suite, text);
    if (point === undefined) return undefined;
    sum = sum.multiplyUnsafe(BigInt(at)).add(point);
  }
  return sum;
}

/** Y_at = Σ_j f_j(at)·G; at 0 this is pk. */
export function evaluateJointly(suite: Suite, round2: readonly Round2Row[], at: number): Point | undefined {
  let sum = suite.Point.ZERO;
  for (const { points } of round2) {
    const point = evaluatePoints(suite, points, at);
    if (point === undefined) return undefined;
    sum = sum.add(point);
  }
  return sum;
}

function boundMessage(step: string, plan: CeremonyPlan, member: number, parts: Bytesish[]): Bytes {
  return concat(utf8(`seal/v1 dkg ${step}\n`), ceremonyContext(plan), u8(member), ...parts);
}
