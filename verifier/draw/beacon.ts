/**
 * The drand quicknet check (draw-v1 §3.6) by the pairing equation itself, and the rule that fixes the
 * round. The chain key is a constant; it is never taken from the record.
 */
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { fromHex, hex, u64 } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";

const chainKey =
  "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
const domain = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const genesis = 1_692_803_367;

/** POSIX seconds at which a round appears. */
export function roundSeconds(round: number): number {
  return genesis + 3 * (round - 1);
}

/** The first round whose time is at least tReveal + 60 s. */
export function roundOfPlan(tReveal: string): number {
  const earliest = Date.parse(tReveal) / 1000 + 60;
  const round = Math.max(1, Math.floor((earliest - genesis) / 3) + 1);
  return roundSeconds(round) >= earliest ? round : round + 1;
}

/** e(signature, G2) = e(H(message), chain key), for a canonical, finite signature of the prime-order subgroup. */
export function beaconHolds(round: number, signature: string): boolean {
  if (round < 1) return false;
  try {
    const point = bls12_381.G1.Point.fromHex(signature);
    point.assertValidity();
    // Canonical: the library would take x + p for x, and give one point a second encoding.
    if (point.is0() || !point.isTorsionFree() || hex(point.toBytes(true)) !== signature) return false;
    const message = bls12_381.G1.hashToCurve(sha256(u64(round)), { DST: domain });
    const key = bls12_381.G2.Point.fromBytes(fromHex(chainKey));
    const left = bls12_381.pairing(point, bls12_381.G2.Point.BASE);
    const right = bls12_381.pairing(message as typeof point, key);
    return bls12_381.fields.Fp12.eql(left, right);
  } catch {
    return false;
  }
}
