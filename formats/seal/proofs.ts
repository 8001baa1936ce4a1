/**
 * Schnorr and DLEQ proofs and the combination of partials (seal-v1 §2). draw-v1 uses the same DLEQ for its
 * recovery. A proof's nonce k is used once: it comes fresh from `random` inside the functions that make proofs.
 */
import { type Bytesish, concat, hex, u8, utf8 } from "../bytes.ts";
import {
  findPoint,
  findScalar,
  hashToScalar,
  type Point,
  pointBytes,
  type Random,
  randomScalar,
  type Suite,
  scalarBytes,
} from "./group.ts";

export interface Proof {
  c: string;
  z: string;
}

/** What a DLEQ proof speaks about: member j knows x with Y = x·G and D = x·R. */
export interface DleqStatement {
  /** 32 bytes that bind the proof to its bid or commit. */
  context: Uint8Array;
  member: number;
  Y: Point;
  R: Point;
  D: Point;
}

/** Proof of x for X = x·G under a prefix. */
export function proveSchnorr(suite: Suite, secret: bigint, prefix: Bytesish, random: Random): Proof {
  return schnorrWithNonce(suite, secret, prefix, randomScalar(suite, random));
}

/** The same with a given nonce: only for test vectors. A nonce used twice gives the secret away. */
export function schnorrWithNonce(suite: Suite, secret: bigint, prefix: Bytesish, nonce: bigint): Proof {
  const base = suite.Point.BASE;
  const c = hashToScalar(suite, prefix, pointBytes(base.multiply(secret)), pointBytes(base.multiply(nonce)));
  return proofText(suite, c, response(suite, nonce, c, secret));
}

export function schnorrHolds(suite: Suite, X: Point, prefix: Bytesish, proof: Proof): boolean {
  const scalars = scalarsOf(suite, proof);
  if (scalars === undefined) return false;
  const K = lessMultiple(suite.Point.BASE, X, scalars);
  return !K.is0() && scalars.c === hashToScalar(suite, prefix, pointBytes(X), pointBytes(K));
}

/** D = x·R together with the proof that it was made with the member's share. */
export function proveDleq(suite: Suite, secret: bigint, about: Omit<DleqStatement, "D" | "Y">, random: Random): Proof & { D: string } {
  const base = suite.Point.BASE;
  const nonce = randomScalar(suite, random);
  const statement = { ...about, Y: base.multiply(secret), D: about.R.multiply(secret) };
  const c = dleqChallenge(suite, statement, base.multiply(nonce), about.R.multiply(nonce));
  return { D: hex(pointBytes(statement.D)), ...proofText(suite, c, response(suite, nonce, c, secret)) };
}

export function dleqHolds(suite: Suite, statement: DleqStatement, proof: Proof): boolean {
  const scalars = scalarsOf(suite, proof);
  if (scalars === undefined) return false;
  const A = lessMultiple(suite.Point.BASE, statement.Y, scalars);
  const B = lessMultiple(statement.R, statement.D, scalars);
  return !A.is0() && !B.is0() && scalars.c === dleqChallenge(suite, statement, A, B);
}

/** The t checked partials of the members with the smallest numbers, in that order. */
export function firstPartials<P extends { member: number }>(partials: readonly P[], t: number): P[] {
  return [...partials].sort((a, b) => a.member - b.member).slice(0, t);
}

/** P = Σ λ_j·D_j over exactly the given members; undefined when a D is no point or P is infinite. */
export function combinePartials(suite: Suite, partials: readonly { member: number; D: string }[]): Point | undefined {
  const { Fn } = suite.Point;
  let sum = suite.Point.ZERO;
  for (const { member, D } of partials) {
    const point = findPoint(suite, D);
    if (point === undefined) return undefined;
    let weight = 1n;
    for (const { member: other } of partials) {
      if (other === member) continue;
      weight = Fn.mul(weight, Fn.mul(BigInt(other), Fn.inv(Fn.create(BigInt(other - member)))));
    }
    sum = sum.add(point.multiplyUnsafe(weight));
  }
  return sum.is0() ? undefined : sum;
}

/** z·base − c·point, on public values. */
function lessMultiple(base: Point, point: Point, { c, z }: { c: bigint; z: bigint }): Point {
  return base.multiplyUnsafe(z).subtract(point.multiplyUnsafe(c));
}

function dleqChallenge(suite: Suite, { context, member, Y, R, D }: DleqStatement, A: Point, B: Point): bigint {
  const points = concat(...[Y, R, D, A, B].map(pointBytes));
  return hashToScalar(suite, utf8("seal/v1 dleq\n"), context, u8(member), points);
}

function response(suite: Suite, nonce: bigint, c: bigint, secret: bigint): bigint {
  const { Fn } = suite.Point;
  return Fn.add(nonce, Fn.mul(c, secret));
}

function proofText(suite: Suite, c: bigint, z: bigint): Proof {
  return { c: hex(scalarBytes(suite, c)), z: hex(scalarBytes(suite, z)) };
}

function scalarsOf(suite: Suite, proof: Proof): { c: bigint; z: bigint } | undefined {
  const c = findScalar(suite, proof.c);
  const z = findScalar(suite, proof.z);
  return c === undefined || z === undefined ? undefined : { c, z };
}
