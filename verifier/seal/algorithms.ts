/**
 * The two suites of seal-v1 §1 as the verifier sees them: hash, key derivation, opening, signatures, points.
 */
import { gcm } from "@noble/ciphers/aes.js";
import type { WeierstrassPoint, WeierstrassPointCons } from "@noble/curves/abstract/weierstrass.js";
import { p256 } from "@noble/curves/nist.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { type Bytesish, concat, equalBytes, fromHex, hex, u64, utf8 } from "../../formats/bytes.ts";
import { NationalPoint, sm2Holds, sm3, sm4Counter } from "./national.ts";
import { type Box, findNative, findNativeGcm } from "./native.ts";

export type Point = WeierstrassPoint<bigint>;

export interface Algorithms {
  readonly suite: 1 | 2;
  /** Length τ of a tag. */
  readonly tag: 16 | 32;
  readonly Point: WeierstrassPointCons<bigint>;
  hash(...parts: Bytesish[]): Uint8Array;
  seal(box: Box): Uint8Array;
  /** The plaintext, or undefined when the tag is wrong. */
  open(box: Box): Uint8Array | undefined;
  signatureHolds(key: Point, message: Uint8Array, r: bigint, s: bigint): boolean;
}

const native = findNativeGcm();

const first: Algorithms = {
  suite: 1,
  tag: 16,
  Point: p256.Point,
  hash(...parts) {
    const bytes = concat(...parts);
    return new Uint8Array(findNative("sha256")?.update(bytes).digest() ?? nobleSha256(bytes));
  },
  seal: (box) => native?.seal(box) ?? gcm(box.key, box.nonce, box.aad).encrypt(box.data),
  open: (box) => (native === undefined ? gcmOpen(box) : native.open(box)),
  signatureHolds: ecdsaHolds,
};

const second: Algorithms = {
  suite: 2,
  tag: 32,
  Point: NationalPoint,
  hash: (...parts) => sm3(concat(...parts)),
  seal(box) {
    const keys = splitKey(box.key);
    const body = sm4Counter(keys.cipher, box.nonce, box.data);
    return concat(body, tagOf(keys.mac, { ...box, data: body }));
  },
  open(box) {
    if (box.data.length < 32) return undefined;
    const keys = splitKey(box.key);
    const body = box.data.subarray(0, box.data.length - 32);
    const holds = equalBytes(tagOf(keys.mac, { ...box, data: body }), box.data.subarray(box.data.length - 32));
    return holds ? sm4Counter(keys.cipher, box.nonce, body) : undefined;
  },
  signatureHolds: sm2Holds,
};

/** Undefined for a suite that does not exist. */
export function findAlgorithms(suite: unknown): Algorithms | undefined {
  return suite === 1 ? first : suite === 2 ? second : undefined;
}

export function hmac(algorithms: Algorithms, key: Uint8Array, ...parts: Bytesish[]): Uint8Array {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? algorithms.hash(key) : key);
  const inner = algorithms.hash(
    block.map((byte) => byte ^ 0x36),
    ...parts,
  );
  return algorithms.hash(
    block.map((byte) => byte ^ 0x5c),
    inner,
  );
}

/** HKDF, extract then expand, 32 bytes. */
export function hkdf(algorithms: Algorithms, ikm: Uint8Array, salt: Uint8Array, info: Bytesish): Uint8Array {
  return hmac(algorithms, hmac(algorithms, salt, ikm), info, Uint8Array.of(1));
}

/** A point from 33 bytes in hex; undefined for infinity, x ≥ p, off the curve, any other form. */
export function readPoint(algorithms: Algorithms, text: string): Point | undefined {
  if (!/^0[23]/.test(text) || text.length !== 66) return undefined;
  const x = readNumber(text.slice(2));
  const { p } = algorithms.Point.CURVE();
  if (x >= p) return undefined;
  try {
    const point = algorithms.Point.fromHex(text);
    point.assertValidity();
    return point;
  } catch {
    return undefined;
  }
}

export function readNumber(text: string): bigint {
  return BigInt(`0x${text}`);
}

export function orderOf(algorithms: Algorithms): bigint {
  return algorithms.Point.CURVE().n;
}

/** Hs(x) = int(H(x)) mod n. */
export function hashToNumber(algorithms: Algorithms, ...parts: Bytesish[]): bigint {
  return readNumber(hex(algorithms.hash(...parts))) % orderOf(algorithms);
}

/** Whether `sig` (hex64) by `key` (hex33) over the message holds; a key that is no point signs nothing. */
export function isSigned(algorithms: Algorithms, key: string, message: Uint8Array, sig: string): boolean {
  const point = readPoint(algorithms, key);
  return point !== undefined && algorithms.signatureHolds(point, message, readNumber(sig.slice(0, 64)), readNumber(sig.slice(64)));
}

export function pointBytes(point: Point): Uint8Array {
  return point.toBytes(true);
}

/** Merkle root by the recursive definition of RFC 6962 §2.1; H("") for no leaf. */
export function merkleRoot(algorithms: Algorithms, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return algorithms.hash("");
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  let split = 1;
  while (2 * split < leaves.length) split *= 2;
  const [left, right] = [merkleRoot(algorithms, leaves.slice(0, split)), merkleRoot(algorithms, leaves.slice(split))];
  return algorithms.hash(Uint8Array.of(1), left, right);
}

export function leafOf(algorithms: Algorithms, data: Uint8Array | string): Uint8Array {
  return algorithms.hash(Uint8Array.of(0), typeof data === "string" ? fromHex(data) : data);
}

function ecdsaHolds(key: Point, message: Uint8Array, r: bigint, s: bigint): boolean {
  const n = orderOf(first);
  if (r < 1n || r >= n || s < 1n || s >= n) return false;
  const inverse = p256.Point.Fn.inv(s);
  const e = hashToNumber(first, message);
  const point = p256.Point.BASE.multiplyUnsafe((e * inverse) % n).add(key.multiplyUnsafe((r * inverse) % n));
  return !point.is0() && point.x % n === r;
}

function gcmOpen(box: Box): Uint8Array | undefined {
  try {
    return gcm(box.key, box.nonce, box.aad).decrypt(box.data);
  } catch {
    return undefined;
  }
}

/** ke(16) ‖ km(32) = HKDF-Expand-SM3(key, "seal/v1 etm", 48). */
function splitKey(key: Uint8Array): { cipher: Uint8Array; mac: Uint8Array } {
  const info = utf8("seal/v1 etm");
  const one = hmac(second, key, info, Uint8Array.of(1));
  const keys = concat(one, hmac(second, key, one, info, Uint8Array.of(2)));
  return { cipher: keys.slice(0, 16), mac: keys.slice(16, 48) };
}

function tagOf(mac: Uint8Array, { nonce, aad, data }: Box): Uint8Array {
  return hmac(second, mac, u64(aad.length), aad, nonce, data);
}
