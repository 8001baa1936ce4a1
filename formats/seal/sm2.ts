/**
 * The SM2 curve and signature (GB/T 32918.2 and .5) with the user id that every national certificate uses.
 * Never sign ECDSA on this curve, and never accept another user id (seal-v1 §10).
 */
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { concat, utf8 } from "../bytes.ts";
import { sm3 } from "./sm3.ts";

const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const USER_ID = utf8("1234567812345678");

export const Sm2Point = weierstrass(CURVE);
const { Fn, Fp } = Sm2Point;
type Point = InstanceType<typeof Sm2Point>;

/** e = SM3(Z ‖ M), Z = SM3(bits of id ‖ id ‖ a ‖ b ‖ G ‖ P). */
function digestFor(publicPoint: Point, message: Uint8Array): bigint {
  const point = (p: Point) => concat(Fp.toBytes(p.x), Fp.toBytes(p.y));
  const bits = Uint8Array.of(0, 8 * USER_ID.length);
  const z = sm3(concat(bits, USER_ID, Fp.toBytes(CURVE.a), Fp.toBytes(CURVE.b), point(Sm2Point.BASE), point(publicPoint)));
  return Fn.create(toInteger(sm3(concat(z, message))));
}

function toInteger(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** r ‖ s. `nextScalar` gives fresh secret scalars: one is the nonce k, one blinds the inverse of 1 + d. */
export function sm2Sign(secret: bigint, message: Uint8Array, nextScalar: () => bigint): Uint8Array<ArrayBuffer> {
  const e = digestFor(Sm2Point.BASE.multiply(secret), message);
  for (;;) {
    const k = nextScalar();
    const r = Fn.create(e + Sm2Point.BASE.multiply(k).x);
    const blind = nextScalar();
    const inverse = Fn.mul(blind, Fn.inv(Fn.mul(blind, Fn.create(1n + secret))));
    const s = Fn.mul(inverse, Fn.create(k - Fn.mul(r, secret)));
    if (r !== 0n && s !== 0n && Fn.create(r + k) !== 0n) return concat(Fn.toBytes(r), Fn.toBytes(s));
  }
}

export function sm2Verify(publicPoint: Point, message: Uint8Array, signature: Uint8Array): boolean {
  const r = toInteger(signature.subarray(0, 32));
  const s = toInteger(signature.subarray(32));
  const t = Fn.create(r + s);
  if (signature.length !== 64 || r === 0n || s === 0n || r >= CURVE.n || s >= CURVE.n || t === 0n) return false;
  const point = Sm2Point.BASE.multiplyUnsafe(s).add(publicPoint.multiplyUnsafe(t));
  return !point.is0() && Fn.create(digestFor(publicPoint, message) + point.x) === r;
}
