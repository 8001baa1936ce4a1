/**
 * ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381, suite 0x03): the platform's contribution to a draw. Its
 * value follows from the key, registered beforehand, and the plan; the platform has no choice of it.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, equalBytes, u8 } from "../bytes.ts";

const Point = ed25519.Point;
type Point = InstanceType<typeof Point>;
const order = Point.Fn.ORDER;
const suite = u8(0x03);

/** The 80-byte proof π for alpha under a 32-byte Ed25519 secret (RFC 9381 §5.1). */
export function proveVrf(secret: Uint8Array, alpha: Uint8Array): Uint8Array<ArrayBuffer> {
  const { scalar, prefix, pointBytes } = ed25519.utils.getExtendedPublicKey(secret);
  const input = encodeToCurve(pointBytes, alpha);
  const gamma = input.multiply(scalar);
  // RFC 9381 §5.4.2.2: the nonce follows from the secret and the input, no random source can spoil it.
  const nonce = littleEndian(sha512(concat(prefix, input.toBytes()))) % order;
  const c = challenge([Point.fromBytes(pointBytes), input, gamma, Point.BASE.multiply(nonce), input.multiply(nonce)]);
  const s = (nonce + littleEndian(c) * scalar) % order;
  return concat(gamma.toBytes(), c, toLittleEndian(s, 32));
}

/** β (64 bytes) when π proves it for alpha under the key, undefined otherwise (RFC 9381 §5.3, key validated). */
export function verifyVrf(publicKey: Uint8Array, alpha: Uint8Array, pi: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    if (pi.length !== 80) return undefined;
    const key = Point.fromBytes(publicKey, false);
    if (key.isSmallOrder()) return undefined;
    const gamma = Point.fromBytes(pi.subarray(0, 32), false);
    const c = pi.subarray(32, 48);
    const s = littleEndian(pi.subarray(48));
    if (s >= order) return undefined;
    const input = encodeToCurve(publicKey, alpha);
    // Subtract c times the point, never add (order - c) times it: that differs for points with torsion.
    const u = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(littleEndian(c)));
    const v = input.multiplyUnsafe(s).subtract(gamma.multiplyUnsafe(littleEndian(c)));
    return equalBytes(challenge([key, input, gamma, u, v]), c) ? betaOf(gamma) : undefined;
  } catch {
    return undefined; // a string that is no point
  }
}

function betaOf(gamma: Point): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(sha512(concat(suite, u8(0x03), gamma.clearCofactor().toBytes(), u8(0))));
}

/** Try and increment (RFC 9381 §5.4.1.1): about two tries, alpha is public. */
function encodeToCurve(salt: Uint8Array, alpha: Uint8Array): Point {
  for (let counter = 0; counter < 256; counter++) {
    const candidate = sha512(concat(suite, u8(0x01), salt, alpha, u8(counter), u8(0))).subarray(0, 32);
    const point = decode(candidate)?.clearCofactor();
    if (point !== undefined && !point.is0()) return point;
  }
  throw new Error("no point found in 256 tries");
}

function decode(bytes: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
}

function challenge(points: readonly Point[]): Uint8Array {
  return sha512(concat(suite, u8(0x02), ...points.map((point) => point.toBytes()), u8(0))).subarray(0, 16);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function toLittleEndian(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, k) => Number((value >> BigInt(8 * k)) & 0xffn));
}
