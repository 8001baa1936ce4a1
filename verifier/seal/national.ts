/**
 * SM3, SM4 and the SM2 signature as the verifier computes them, written apart from the making side: SM4's table
 * is derived here from its algebra, SM3 works on the whole message. Everything checked here is public by then,
 * so speed and clarity go before constant time.
 */
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { concat, u64, utf8 } from "../../formats/bytes.ts";
import { findNative } from "./native.ts";

const curve = {
  p: BigInt("0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff"),
  n: BigInt("0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123"),
  h: 1n,
  a: BigInt("0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"),
  b: BigInt("0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"),
  Gx: BigInt("0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"),
  Gy: BigInt("0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0"),
};
export const NationalPoint = weierstrass(curve);
type Point = InstanceType<typeof NationalPoint>;

const turn = (word: number, by: number): number => (word << (by & 31)) | (word >>> ((32 - by) & 31));

export function sm3(message: Uint8Array): Uint8Array {
  const native = findNative("sm3");
  if (native !== undefined) return new Uint8Array(native.update(message).digest());
  return sm3OfScript(message);
}

/** The same without the platform's help; exported so that a test compares the two. */
export function sm3OfScript(message: Uint8Array): Uint8Array {
  const zeros = new Uint8Array((119 - (message.length % 64)) % 64);
  const padded = concat(message, Uint8Array.of(0x80), zeros, u64(8 * message.length));
  const view = new DataView(padded.buffer);
  let state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  for (let block = 0; block < padded.length; block += 64) {
    const mixed = sm3Rounds(state, sm3Words(view, block));
    state = state.map((word, i) => word ^ (mixed[i] ?? 0));
  }
  const out = new DataView(new ArrayBuffer(32));
  for (const [i, word] of state.entries()) out.setInt32(4 * i, word);
  return new Uint8Array(out.buffer);
}

function sm3Words(view: DataView, block: number): number[] {
  const w = Array.from({ length: 16 }, (_, j) => view.getInt32(block + 4 * j));
  const at = (j: number): number => w[j] ?? 0;
  for (let j = 16; j < 68; j++) {
    const mixed = at(j - 16) ^ at(j - 9) ^ turn(at(j - 3), 15);
    w.push(mixed ^ turn(mixed, 15) ^ turn(mixed, 23) ^ turn(at(j - 13), 7) ^ at(j - 6));
  }
  return w;
}

function sm3Rounds(start: readonly number[], w: readonly number[]): number[] {
  return Array.from({ length: 64 }).reduce<number[]>(
    (state, _, j) => {
      const [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
      const early = j < 16;
      const mix = turn((turn(a, 12) + e + turn(early ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
      const left = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const right = early ? e ^ f ^ g : (e & f) | (~e & g);
      const first = (left + d + (mix ^ turn(a, 12)) + ((w[j] ?? 0) ^ (w[j + 4] ?? 0))) | 0;
      const second = (right + h + mix + (w[j] ?? 0)) | 0;
      return [first, a, turn(b, 9), c, second ^ turn(second, 9) ^ turn(second, 17), e, turn(f, 19), g];
    },
    [...start],
  );
}

/** SM4's substitution: an affine map, the inverse in GF(2^8) modulo x^8+x^7+x^6+x^5+x^4+x^2+1, the affine map. */
const substitution = Uint8Array.from({ length: 256 }, (_, x) => affine(inverse(affine(x))));

function affine(x: number): number {
  let out = 0xd3;
  for (let i = 0; i < 8; i++) {
    let bits = x & ((0xa7 << i) | (0xa7 >> (8 - i))) & 255;
    for (; bits !== 0; bits &= bits - 1) out ^= 1 << i;
  }
  return out;
}

function inverse(x: number): number {
  let power = 1;
  for (let i = 0; i < 254; i++) power = times(power, x);
  return x === 0 ? 0 : power;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 128 ? 0x1f5 : 0);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

function substitute(word: number): number {
  const bytes = [24, 16, 8, 0].map((shift) => (substitution[(word >>> shift) & 255] ?? 0) << shift);
  return bytes.reduce((joined, byte) => joined | byte, 0);
}

/** SM4-CTR from the counter block nonce ‖ 00000000. */
export function sm4Counter(key: Uint8Array, nonce: Uint8Array, data: Uint8Array): Uint8Array {
  const native = findNative("sm4-ctr");
  if (native !== undefined) return new Uint8Array(native(key, concat(nonce, new Uint8Array(4))).update(data));
  return sm4CounterOfScript(key, nonce, data);
}

/** The same without the platform's help; exported so that a test compares the two. */
export function sm4CounterOfScript(key: Uint8Array, nonce: Uint8Array, data: Uint8Array): Uint8Array {
  const rounds = sm4Rounds(key);
  const block = new DataView(concat(nonce, new Uint8Array(4)).buffer);
  const out = new Uint8Array(data); // A copy even of a Buffer, whose `slice` would be a view.
  for (let at = 0; at < data.length; at += 16) {
    block.setUint32(12, at / 16);
    const stream = sm4Block(rounds, block);
    for (let i = 0; i < 16 && at + i < data.length; i++) out[at + i] = (data[at + i] ?? 0) ^ ((stream[i >> 2] ?? 0) >>> (24 - 8 * (i % 4)));
  }
  return out;
}

function sm4Rounds(key: Uint8Array): number[] {
  const view = new DataView(key.buffer, key.byteOffset);
  let state = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc].map((word, i) => word ^ view.getInt32(4 * i));
  return Array.from({ length: 32 }, (_, i) => {
    const constant = [0, 1, 2, 3].reduce((word, j) => (word << 8) | ((7 * (4 * i + j)) % 256), 0);
    const [a, b, c, d] = state as [number, number, number, number];
    const mixed = substitute(b ^ c ^ d ^ constant);
    const next = a ^ mixed ^ turn(mixed, 13) ^ turn(mixed, 23);
    state = [b, c, d, next];
    return next;
  });
}

function sm4Block(rounds: readonly number[], block: DataView): number[] {
  let state = [0, 4, 8, 12].map((at) => block.getInt32(at)) as [number, number, number, number];
  for (const round of rounds) {
    const mixed = substitute(state[1] ^ state[2] ^ state[3] ^ round);
    state = [state[1], state[2], state[3], state[0] ^ mixed ^ turn(mixed, 2) ^ turn(mixed, 10) ^ turn(mixed, 18) ^ turn(mixed, 24)];
  }
  return state.reverse();
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);

/** SM2 with the user id 1234567812345678 and no other. */
export function sm2Holds(key: Point, message: Uint8Array, r: bigint, s: bigint): boolean {
  const { n, a, b } = curve;
  const t = (r + s) % n;
  if (r < 1n || r >= n || s < 1n || s >= n || t === 0n) return false;
  const field = (value: bigint) => NationalPoint.Fp.toBytes(value);
  const [G, id] = [NationalPoint.BASE, utf8("1234567812345678")];
  const z = sm3(concat(Uint8Array.of(0, 128), id, field(a), field(b), field(G.x), field(G.y), field(key.x), field(key.y)));
  const point = G.multiplyUnsafe(s).add(key.multiplyUnsafe(t));
  return !point.is0() && (toNumber(sm3(concat(z, message))) + point.x) % n === r;
}
