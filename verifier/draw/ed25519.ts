/**
 * Ed25519 signatures (RFC 8032, strict decoding) and ECVRF-EDWARDS25519-SHA512-TAI proofs (RFC 9381,
 * suite 0x03, with key validation), as the verifier checks them.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, fromHex, hex } from "../../formats/bytes.ts";

type Point = InstanceType<typeof ed25519.Point>;
const q = ed25519.Point.Fn.ORDER;

export function signatureHolds(signature: string, message: Uint8Array, publicKey: string): boolean {
  try {
    return ed25519.verify(fromHex(signature), message, fromHex(publicKey), { zip215: false });
  } catch {
    return false;
  }
}

/** β as hex, or undefined when π is no proof for alpha under the key. */
export function vrfOutput(publicKey: string, alpha: Uint8Array, pi: string): string | undefined {
  const proof = fromHex(pi);
  if (proof.length !== 80) return undefined;
  const [Y, gamma] = [read(fromHex(publicKey)), read(proof.slice(0, 32))];
  const c = proof.slice(32, 48);
  const s = number(proof.slice(48));
  if (Y === undefined || gamma === undefined || s >= q || eightTimes(Y).is0()) return undefined;
  const H = inputPoint(fromHex(publicKey), alpha);
  if (H === undefined) return undefined;
  const U = ed25519.Point.BASE.multiplyUnsafe(s).add(Y.multiplyUnsafe(number(c)).negate());
  const V = H.multiplyUnsafe(s).add(gamma.multiplyUnsafe(number(c)).negate());
  const points = [Y, H, gamma, U, V].map((point) => point.toBytes());
  const expected = sha512(concat(Uint8Array.of(3, 2), ...points, Uint8Array.of(0))).slice(0, 16);
  if (hex(expected) !== hex(c)) return undefined;
  return hex(sha512(concat(Uint8Array.of(3, 3), eightTimes(gamma).toBytes(), Uint8Array.of(0))));
}

function read(bytes: Uint8Array): Point | undefined {
  try {
    return ed25519.Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
}

function inputPoint(key: Uint8Array, alpha: Uint8Array): Point | undefined {
  for (let tries = 0; tries <= 255; tries++) {
    const text = concat(Uint8Array.of(3, 1), key, alpha, Uint8Array.of(tries, 0));
    const point = read(sha512(text).slice(0, 32));
    if (point !== undefined && !eightTimes(point).is0()) return eightTimes(point);
  }
  return undefined;
}

function eightTimes(point: Point): Point {
  return point.double().double().double();
}

/** Little-endian, as RFC 8032 writes scalars. */
function number(bytes: Uint8Array): bigint {
  return BigInt(`0x${hex(bytes.slice().reverse())}`);
}
