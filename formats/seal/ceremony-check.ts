/**
 * The public checks of a key ceremony (seal-v1 §3): row by row as the members post, and of the whole file.
 * The verifier has its own; these serve the desk, the server that takes the rows, and the bidder before sealing.
 */
import { Value } from "@sinclair/typebox/value";
import { hex } from "../bytes.ts";
import { jcs } from "../jcs.ts";
import {
  ackMessage,
  type CeremonyPlan,
  commitmentOfPoints,
  constantTermPrefix,
  evaluateJointly,
  round1Message,
  round2Message,
  round3Message,
} from "./ceremony-rounds.ts";
import { findPoint, messageIsSigned } from "./group.ts";
import { schnorrHolds } from "./proofs.ts";
import { type Round1Row, type Round2Row, type Round3Row, SealCeremony, textFits } from "./schemas.ts";
import { findSuite, suiteOf } from "./suite.ts";

export type CeremonyCode = "E_FORMAT" | "E_SUITE" | "E_CEREMONY" | "E_POINT" | "E_SIG" | "E_DKG_COMMIT" | "E_POK" | "E_PK" | "E_ACK";

/** A plan on which a ceremony may run: 2 ≤ t ≤ n ≤ 16, all 2n keys different valid points. */
export function planCode(plan: CeremonyPlan): CeremonyCode | undefined {
  const suite = findSuite(plan.suite);
  if (suite === undefined) return "E_SUITE";
  const { t, members } = plan;
  const keys = members.flatMap(({ signKey, encKey }) => [signKey, encKey]);
  const texts = [plan.tenderId, plan.lotId, ...members.map(({ role }) => role)];
  const countsFit = t >= 2 && t <= members.length && members.length <= 16;
  if (!countsFit || new Set(keys).size !== keys.length || !texts.every((text) => textFits(text, 64))) return "E_CEREMONY";
  return keys.every((key) => findPoint(suite, key)) ? undefined : "E_POINT";
}

export function checkRound1(plan: CeremonyPlan, member: number, row: Round1Row): CeremonyCode | undefined {
  return isSigned(plan, member, round1Message(plan, member, row), row.sig) ? undefined : "E_SIG";
}

/** Points, signature, commitment of round 1, proof of the constant term. */
export function checkRound2(plan: CeremonyPlan, member: number, row: Round2Row, commit: string): CeremonyCode | undefined {
  if (row.points.length !== plan.t) return "E_CEREMONY";
  if (!row.points.every((point) => findPoint(suiteOf(plan.suite), point))) return "E_POINT";
  if (!isSigned(plan, member, round2Message(plan, member, row), row.sig)) return "E_SIG";
  if (hex(commitmentOfPoints(plan, member, row.points)) !== commit) return "E_DKG_COMMIT";
  return proofHolds(plan, member, row) ? undefined : "E_POK";
}

export function checkRound3(plan: CeremonyPlan, row: Round3Row): CeremonyCode | undefined {
  const n = plan.members.length;
  const suite = suiteOf(plan.suite);
  const isShape = row.from !== row.to && row.from <= n && row.to <= n && row.ct.length === 2 * (32 + suite.tagLength);
  if (!isShape) return "E_CEREMONY";
  if (!findPoint(suite, row.R)) return "E_POINT";
  return isSigned(plan, row.from, round3Message(plan, row), row.sig) ? undefined : "E_SIG";
}

/** One member's ack over the assembled ceremony. */
export function checkAck(ceremony: SealCeremony, member: number, ack: string): CeremonyCode | undefined {
  return isSigned(ceremony, member, ackMessage(ceremony), ack) ? undefined : "E_ACK";
}

/** The whole ceremony; undefined when it holds, else the first code in the order of §3. */
export function checkCeremony(ceremony: SealCeremony): CeremonyCode | undefined {
  if (findSuite(ceremony.suite) === undefined) return "E_SUITE";
  if (!Value.Check(SealCeremony, ceremony) || !rowsAreComplete(ceremony)) return "E_CEREMONY";
  const planFault = planCode(ceremony);
  if (planFault !== undefined) return planFault;
  return pointsCode(ceremony) ?? signaturesCode(ceremony) ?? contentCode(ceremony);
}

/** hex32 by which headers name the ceremony. */
export function ceremonyHash(ceremony: SealCeremony): string {
  return hex(suiteOf(ceremony.suite).hash(jcs(ceremony)));
}

function rowsAreComplete(ceremony: SealCeremony): boolean {
  const { n, t, members, round1, round2, round3, memberKeys, acks } = ceremony;
  const ways = members.flatMap((_, i) => members.flatMap((__, j) => (i === j ? [] : [`${i + 1}>${j + 1}`])));
  const taken = round3.map(({ from, to }) => `${from}>${to}`);
  const sealedLength = 2 * (32 + suiteOf(ceremony.suite).tagLength);
  return (
    [members, round1, round2, memberKeys, acks].every((rows) => rows.length === n) &&
    round2.every(({ points }) => points.length === t) &&
    round3.every(({ ct }) => ct.length === sealedLength) &&
    taken.join() === ways.join()
  );
}

function pointsCode(ceremony: SealCeremony): CeremonyCode | undefined {
  const { round2, round3, pk, memberKeys } = ceremony;
  const points = [...round2.flatMap((row) => row.points), ...round3.map((row) => row.R), pk, ...memberKeys];
  return points.every((point) => findPoint(suiteOf(ceremony.suite), point)) ? undefined : "E_POINT";
}

function signaturesCode(ceremony: SealCeremony): CeremonyCode | undefined {
  const { round1, round2, round3 } = ceremony;
  const hold =
    round1.every((row, i) => checkRound1(ceremony, i + 1, row) === undefined) &&
    round2.every((row, i) => isSigned(ceremony, i + 1, round2Message(ceremony, i + 1, row), row.sig)) &&
    round3.every((row) => checkRound3(ceremony, row) === undefined);
  return hold ? undefined : "E_SIG";
}

function contentCode(ceremony: SealCeremony): CeremonyCode | undefined {
  const { round1, round2, pk, memberKeys, acks } = ceremony;
  const suite = suiteOf(ceremony.suite);
  if (!round2.every((row, i) => hex(commitmentOfPoints(ceremony, i + 1, row.points)) === round1[i]!.commit)) return "E_DKG_COMMIT";
  if (!round2.every((row, i) => proofHolds(ceremony, i + 1, row))) return "E_POK";
  const keysHold = [pk, ...memberKeys].every((key, at) => {
    const expected = evaluateJointly(suite, round2, at);
    return expected?.equals(suite.Point.fromHex(key)) && !expected.is0();
  });
  if (!keysHold) return "E_PK";
  return acks.every((ack, i) => checkAck(ceremony, i + 1, ack) === undefined) ? undefined : "E_ACK";
}

function proofHolds(plan: CeremonyPlan, member: number, row: Round2Row): boolean {
  const suite = suiteOf(plan.suite);
  const constant = findPoint(suite, row.points[0]!);
  return constant !== undefined && schnorrHolds(suite, constant, constantTermPrefix(plan, member), row.pok);
}

function isSigned(plan: CeremonyPlan, member: number, message: Uint8Array, signature: string): boolean {
  const key = plan.members[member - 1]?.signKey;
  return key !== undefined && messageIsSigned(suiteOf(plan.suite), key, message, signature);
}
