/**
 * What a suite of seal-v1 §1 consists of, and its points and scalars on the wire. Everything above this file is
 * written once for both suites.
 *
 * Randomness is always passed in. Small secrets are sealed synchronously; the bulk of a bid goes through
 * a `BulkKey`, which in suite 1 is the platform's WebCrypto and holds the key where no script can read it back.
 */
import type { WeierstrassPoint, WeierstrassPointCons } from "@noble/curves/abstract/weierstrass.js";
import { type Bytesish, concat, fromHex, hex } from "../bytes.ts";

export type SuiteId = 1 | 2;
export type Bytes = Uint8Array<ArrayBuffer>;
export type Point = WeierstrassPoint<bigint>;
/** A source of secret random bytes: `crypto.getRandomValues` in life, a seeded stream in tests. */
export type Random = (length: number) => Uint8Array;

/** A hash that is fed piece by piece. */
export interface RunningHash {
  update(piece: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** A data key in the form that encrypts chunks; in suite 1 a CryptoKey that cannot be exported. */
export interface BulkKey {
  seal(nonce: Bytes, aad: Bytes, plaintext: Bytes): Promise<Bytes>;
  /** The plaintext, or undefined when the tag is wrong. */
  open(nonce: Bytes, aad: Bytes, ciphertext: Bytes): Promise<Bytes | undefined>;
}

export interface Suite {
  readonly id: SuiteId;
  readonly tagLength: 16 | 32;
  readonly Point: WeierstrassPointCons<bigint>;
  hash(...parts: Bytesish[]): Bytes;
  /** One-shot hash of much data, by the platform's own code where it has some. */
  hashBulk(data: Bytes): Promise<Bytes>;
  newHash(): RunningHash;
  /** HKDF, extract then expand, 32 bytes. */
  hkdf(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array): Bytes;
  seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Bytes;
  open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Bytes | undefined;
  bulkKey(key: Bytes): Promise<BulkKey>;
  /** The same from a key that WebCrypto already holds. @throws TypeError in suite 2. */
  bulkKeyFrom(key: CryptoKey): BulkKey;
  sign(secret: bigint, message: Uint8Array, random: Random): Bytes;
  verify(key: Point, message: Uint8Array, signature: Uint8Array): boolean;
}

export const ZERO_NONCE = new Uint8Array(12);

/** A point from 33 compressed bytes in hex; undefined for infinity, x ≥ p, off the curve or any other form. */
export function findPoint(suite: Suite, text: string): Point | undefined {
  if (!/^0[23][0-9a-f]{64}$/.test(text)) return undefined;
  try {
    return suite.Point.fromBytes(fromHex(text));
  } catch {
    return undefined;
  }
}

/** @throws RangeError when the text is no point. */
export function pointOf(suite: Suite, text: string): Point {
  const point = findPoint(suite, text);
  if (point === undefined) throw new RangeError("not a point of the suite's curve");
  return point;
}

export function pointBytes(point: Point): Bytes {
  return point.toBytes(true) as Bytes;
}

export function pointHex(point: Point): string {
  return hex(point.toBytes(true));
}

/** A scalar from 32 bytes in hex; undefined when it is not below the order. */
export function findScalar(suite: Suite, text: string): bigint | undefined {
  if (!/^[0-9a-f]{64}$/.test(text)) return undefined;
  const value = BigInt(`0x${text}`);
  return value < suite.Point.Fn.ORDER ? value : undefined;
}

/** @throws RangeError when the bytes are no secret scalar (1 ≤ value < n). */
export function secretScalar(suite: Suite, bytes: Uint8Array): bigint {
  const value = findScalar(suite, hex(bytes));
  if (value === undefined || value === 0n) throw new RangeError("not a secret scalar");
  return value;
}

export function scalarBytes(suite: Suite, value: bigint): Bytes {
  return suite.Point.Fn.toBytes(value) as Bytes;
}

export function randomScalar(suite: Suite, random: Random): bigint {
  for (;;) {
    const value = findScalar(suite, hex(random(32)));
    if (value !== undefined && value !== 0n) return value;
  }
}

/** Hs(x) = int(H(x)) mod n. */
export function hashToScalar(suite: Suite, ...parts: Bytesish[]): bigint {
  return BigInt(`0x${hex(suite.hash(concat(...parts)))}`) % suite.Point.Fn.ORDER;
}

/** A fresh key pair of the suite: 32 secret bytes and the public point in hex. */
export function newKeyPair(suite: Suite, random: Random): { secret: Bytes; key: string } {
  const scalar = randomScalar(suite, random);
  return { secret: scalarBytes(suite, scalar), key: pointHex(suite.Point.BASE.multiply(scalar)) };
}

/** sig64 in hex over the joined parts. */
export function signMessage(suite: Suite, secret: Uint8Array, message: Uint8Array, random: Random): string {
  return hex(suite.sign(secretScalar(suite, secret), message, random));
}

/** True when `signature` (hex64) of `key` (hex33) over `message` holds; false for anything malformed. */
export function messageIsSigned(suite: Suite, key: string, message: Uint8Array, signature: string): boolean {
  const point = findPoint(suite, key);
  if (point === undefined || !/^[0-9a-f]{128}$/.test(signature)) return false;
  return suite.verify(point, message, fromHex(signature));
}
