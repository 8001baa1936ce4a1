/** The public check of a key ceremony (seal-v1 §3), codes in the order of the text, each over all rows. */
import { type Bytesish, concat, fromHex, hex, lp, u8 } from "../../formats/bytes.ts";
import { jcs } from "../../formats/jcs.ts";
import type { Value } from "../i-json.ts";
import { hasRepetition, isObject } from "../shapes.ts";
import { type Algorithms, findAlgorithms, isSigned, type Point, pointBytes, readPoint } from "./algorithms.ts";
import type { SealCode } from "./codes.ts";
import { schnorrHolds } from "./proofs.ts";
import { type Ceremony, isCeremony } from "./record.ts";

/** hex32 by which headers name a ceremony that was found good. */
export function ceremonyHashOf(algorithms: Algorithms, ceremony: Ceremony): string {
  return hex(algorithms.hash(jcs(ceremony)));
}

/** The first code of what is wrong with a ceremony, or undefined. */
export function findCeremonyFault(value: Value | undefined): SealCode | undefined {
  const suite = isObject(value) ? value.suite : undefined;
  const algorithms = findAlgorithms(suite);
  if (algorithms === undefined && typeof suite === "number") return "E_SUITE";
  if (algorithms === undefined || !isCeremony(value)) return "E_CEREMONY";
  const ceremony = value as unknown as Ceremony;
  if (!countsFit(ceremony, algorithms.tag)) return "E_CEREMONY";
  const points = readPoints(algorithms, ceremony);
  if (points === undefined) return "E_POINT";
  const context = contextOf(algorithms, ceremony);
  if (!signaturesHold(algorithms, ceremony, context)) return "E_SIG";
  if (!commitsHold(algorithms, ceremony, context)) return "E_DKG_COMMIT";
  if (!proofsHold(algorithms, { ceremony, context, points })) return "E_POK";
  if (!keysHold(algorithms, ceremony, points)) return "E_PK";
  return acksHold(algorithms, ceremony) ? undefined : "E_ACK";
}

function countsFit({ t, n, members, round1, round2, round3, memberKeys, acks }: Ceremony, tag: number): boolean {
  const ways: string[] = [];
  for (let from = 1; from <= n; from++) for (let to = 1; to <= n; to++) if (from !== to) ways.push(`${from} ${to}`);
  const taken = round3.map(({ from, to }) => `${from} ${to}`);
  return (
    t <= n &&
    [members, round1, round2, memberKeys, acks].every(({ length }) => length === n) &&
    round2.every(({ points }) => points.length === t) &&
    round3.every(({ ct }) => ct.length === 2 * (32 + tag)) &&
    taken.join() === ways.join() &&
    !hasRepetition(members.flatMap(({ signKey, encKey }) => [signKey, encKey]))
  );
}

/** The points C_jk, when these and all other points of the file are valid. */
function readPoints(algorithms: Algorithms, ceremony: Ceremony): Point[][] | undefined {
  const { members, round2, round3, pk, memberKeys } = ceremony;
  const others = [...members.flatMap(({ signKey, encKey }) => [signKey, encKey]), ...round3.map(({ R }) => R), pk, ...memberKeys];
  if (others.some((text) => readPoint(algorithms, text) === undefined)) return undefined;
  const rows = round2.map(({ points }) => points.map((text) => readPoint(algorithms, text)));
  return rows.flat().includes(undefined) ? undefined : (rows as Point[][]);
}

function contextOf(algorithms: Algorithms, { suite, tenderId, lotId, t, n, members }: Ceremony): Uint8Array {
  const keys = members.flatMap(({ signKey, encKey }) => [fromHex(signKey), fromHex(encKey)]);
  return algorithms.hash("seal/v1 ceremony\n", u8(suite), lp(tenderId), lp(lotId), u8(t), u8(n), ...keys);
}

function signaturesHold(algorithms: Algorithms, { members, round1, round2, round3 }: Ceremony, context: Uint8Array): boolean {
  const signed = (member: number, sig: string, step: string, ...parts: Bytesish[]): boolean => {
    const message = concat(`seal/v1 dkg ${step}\n`, context, u8(member), ...parts);
    return isSigned(algorithms, members[member - 1]?.signKey ?? "", message, sig);
  };
  return (
    round1.every(({ commit, sig }, i) => signed(i + 1, sig, "round1", fromHex(commit))) &&
    round2.every(({ points, pok, sig }, i) => signed(i + 1, sig, "round2", ...points.map(fromHex), fromHex(pok.c), fromHex(pok.z))) &&
    round3.every(({ from, to, R, ct, sig }) => signed(from, sig, "round3", u8(to), fromHex(R), fromHex(ct)))
  );
}

function commitsHold(algorithms: Algorithms, { round1, round2 }: Ceremony, context: Uint8Array): boolean {
  return round2.every(({ points }, i) => {
    const commit = algorithms.hash("seal/v1 dkg commit\n", context, u8(i + 1), ...points.map(fromHex));
    return hex(commit) === round1[i]?.commit;
  });
}

function proofsHold(
  algorithms: Algorithms,
  { ceremony, context, points }: { ceremony: Ceremony; context: Uint8Array; points: Point[][] },
): boolean {
  return ceremony.round2.every(({ pok }, i) => {
    const constant = points[i]?.[0];
    return constant !== undefined && schnorrHolds(algorithms, constant, ["seal/v1 dkg pok\n", context, u8(i + 1)], pok);
  });
}

/** pk = Σ C_j0 (finite) and Y_l = Σ_j Σ_k l^k·C_jk. */
function keysHold(algorithms: Algorithms, { n, pk, memberKeys }: Ceremony, points: readonly Point[][]): boolean {
  const jointAt = (at: bigint): string | undefined => {
    let [sum, power] = [algorithms.Point.ZERO, 1n];
    for (let k = 0; k < (points[0]?.length ?? 0); k++) {
      const column = points.reduce((total, row) => total.add(row[k] ?? algorithms.Point.ZERO), algorithms.Point.ZERO);
      sum = sum.add(column.is0() ? column : column.multiplyUnsafe(power));
      power *= at;
      if (at === 0n) break;
    }
    return sum.is0() ? undefined : hex(pointBytes(sum));
  };
  return Array.from({ length: n + 1 }, (_, at) => BigInt(at)).every((at) => jointAt(at) === (at === 0n ? pk : memberKeys[Number(at) - 1]));
}

function acksHold(algorithms: Algorithms, ceremony: Ceremony): boolean {
  const { acks, ...rest } = ceremony;
  const message = concat("seal/v1 dkg ack\n", algorithms.hash(jcs(rest)));
  return acks.every((sig, i) => isSigned(algorithms, ceremony.members[i]?.signKey ?? "", message, sig));
}
