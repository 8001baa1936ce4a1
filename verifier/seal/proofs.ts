/** Schnorr and DLEQ proofs and the combination of partials (seal-v1 §2), checked on public values. */
import { type Bytesish, fromHex, u8 } from "../../formats/bytes.ts";
import { type Algorithms, hashToNumber, orderOf, type Point, pointBytes, readNumber, readPoint } from "./algorithms.ts";

export interface Proof {
  c: string;
  z: string;
}

export interface Partial extends Proof {
  member: number;
  D: string;
}

export function schnorrHolds(algorithms: Algorithms, X: Point, prefix: Bytesish[], proof: Proof): boolean {
  const K = difference(algorithms, algorithms.Point.BASE, X, proof);
  return K !== undefined && readNumber(proof.c) === hashToNumber(algorithms, ...prefix, pointBytes(X), pointBytes(K));
}

/** Whether D = x·R for the member's Y = x·G. A text that is no point makes it false. */
export function dleqHolds(algorithms: Algorithms, about: { context: string; Y: string; R: string }, partial: Partial): boolean {
  const [Y, R, D] = [readPoint(algorithms, about.Y), readPoint(algorithms, about.R), readPoint(algorithms, partial.D)];
  if (Y === undefined || R === undefined || D === undefined) return false;
  const A = difference(algorithms, algorithms.Point.BASE, Y, partial);
  const B = difference(algorithms, R, D, partial);
  if (A === undefined || B === undefined) return false;
  const points = [Y, R, D, A, B].map(pointBytes);
  const c = hashToNumber(algorithms, "seal/v1 dleq\n", fromHex(about.context), u8(partial.member), ...points);
  return readNumber(partial.c) === c;
}

/** P = Σ λ_j·D_j over the t members with the smallest j, undefined when it is infinite. */
export function combine(algorithms: Algorithms, partials: readonly Partial[], t: number): Point | undefined {
  const chosen = [...partials].sort((a, b) => a.member - b.member).slice(0, t);
  const { Fn, ZERO } = algorithms.Point;
  let sum = ZERO;
  for (const { member, D } of chosen) {
    const others = chosen.map((other) => BigInt(other.member)).filter((m) => m !== BigInt(member));
    const above = others.reduce((product, m) => Fn.mul(product, m), 1n);
    const below = others.reduce((product, m) => Fn.mul(product, Fn.create(m - BigInt(member))), 1n);
    const point = readPoint(algorithms, D);
    if (point === undefined) return undefined;
    sum = sum.add(point.multiplyUnsafe(Fn.div(above, below)));
  }
  return sum.is0() ? undefined : sum;
}

/** z·base − c·point; undefined when it is infinite or c, z are not below the order. */
function difference(algorithms: Algorithms, base: Point, point: Point, proof: Proof): Point | undefined {
  const [c, z, n] = [readNumber(proof.c), readNumber(proof.z), orderOf(algorithms)];
  if (c >= n || z >= n) return undefined;
  const result = base.multiplyUnsafe(z).add(point.negate().multiplyUnsafe(c));
  return result.is0() ? undefined : result;
}
