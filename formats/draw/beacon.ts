/**
 * The public beacon of mode 1: drand quicknet (draw-v1 §3.6). Which round is used follows from
 * tReveal alone; who brings its 48 bytes changes nothing, because the BLS check is mathematics.
 * Must never accept another chain, nor learn the chain key from a relay.
 */
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { equalBytes, fromHex, u64 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";

export const quicknetChain = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
export const quicknetKey =
  "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";

const genesisSeconds = 1_692_803_367;
const periodSeconds = 3;
const marginSeconds = 60;
const domain = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** The instant (ms since 1970) at which a round is published. */
export function beaconRoundTime(round: number): number {
  return (genesisSeconds + periodSeconds * (round - 1)) * 1000;
}

/** The one lawful round of a draw: the first whose time is at least tReveal + 60 s. */
export function beaconRoundFor(tReveal: string): number {
  const earliest = Date.parse(tReveal) / 1000 + marginSeconds;
  return Math.max(1, Math.ceil((earliest - genesisSeconds) / periodSeconds) + 1);
}

/** BLS check of a round's signature: canonical bytes, in the prime-order subgroup of G1, not infinity. */
export function beaconIsValid(round: number, signature: string): boolean {
  const point = readBeaconPoint(signature);
  if (point === undefined) return false;
  const bls = bls12_381.shortSignatures;
  return bls.verify(point, bls.hash(sha256(u64(round)), domain), fromHex(quicknetKey));
}

type BeaconPoint = InstanceType<typeof bls12_381.G1.Point>;

/** The point of 48 compressed bytes, or undefined when they are no canonical, finite point of the subgroup. */
export function readBeaconPoint(signature: string): BeaconPoint | undefined {
  try {
    const bytes = fromHex(signature);
    const point = bls12_381.G1.Point.fromBytes(bytes);
    // noble reduces x modulo the field: without this comparison one point would have two encodings,
    // and whoever carries the signature in could choose between two seeds.
    if (point.is0() || !equalBytes(point.toBytes(true), bytes)) return undefined;
    point.assertValidity();
    return point.isTorsionFree() ? point : undefined;
  } catch {
    return undefined;
  }
}
