/**
 * P-256 points as draw-v1 writes them: compressed hex, never infinity. Secrets go through `multiply`
 * (no shortcuts by bits); public checks may use `multiplyUnsafe`.
 */
import { p256 } from "@noble/curves/nist.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, hex } from "../bytes.ts";

export const P256Point = p256.Point;
export type P256Point = InstanceType<typeof P256Point>;
export const groupOrder = P256Point.Fn.ORDER;

/** @throws when the 33 bytes are no point of the curve. */
export function pointFrom(text: string): P256Point {
  const point = P256Point.fromBytes(fromHex(text));
  point.assertValidity();
  return point;
}

export function isPoint(text: string): boolean {
  try {
    pointFrom(text);
    return true;
  } catch {
    return false;
  }
}

export function pointText(point: P256Point): string {
  return hex(point.toBytes(true));
}

export function scalarFrom(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes)}`);
}

export function scalarText(scalar: bigint): string {
  return scalar.toString(16).padStart(64, "0");
}

/** @throws RangeError for a scalar outside 1..n−1: take new random bytes then. */
export function secretScalar(bytes: Uint8Array): bigint {
  const scalar = scalarFrom(bytes);
  if (scalar === 0n || scalar >= groupOrder) throw new RangeError("a secret scalar must lie in 1..n-1");
  return scalar;
}

export function basePointTimes(scalar: Uint8Array): string {
  return pointText(P256Point.BASE.multiply(secretScalar(scalar)));
}

export function pointTimes(point: string, scalar: Uint8Array): string {
  return pointText(pointFrom(point).multiply(secretScalar(scalar)));
}

/** λ_j at 0 for the members of a set: Π m/(m−j) over the other m, modulo the group order. */
export function lagrangeAtZero(member: number, members: readonly number[]): bigint {
  const { Fn } = P256Point;
  return members
    .filter((other) => other !== member)
    .reduce((product, other) => Fn.mul(product, Fn.div(BigInt(other), Fn.create(BigInt(other - member)))), 1n);
}

/** Σ λ_j · P_j, the value at 0 of the polynomial that the points hide. */
export function interpolateAtZero(points: ReadonlyMap<number, P256Point>): P256Point {
  const members = [...points.keys()];
  return members.reduce((sum, member) => {
    const point = points.get(member) as P256Point;
    return sum.add(point.multiplyUnsafe(lagrangeAtZero(member, members)));
  }, P256Point.ZERO);
}

/** K = HKDF-SHA256(ikm = compressed shared point, salt = compressed R, info, 32 bytes) */
export function recoveryKey(sharedPoint: string, R: string, info: Uint8Array): Uint8Array {
  return hkdf(sha256, fromHex(sharedPoint), fromHex(R), info, 32);
}
