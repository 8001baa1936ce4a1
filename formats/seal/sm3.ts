/**
 * SM3 (GB/T 32905-2016, 密码杂凑算法) as a hash of the @noble family, so that HMAC and HKDF over it come from
 * the library. Nothing secret is looked up in a table here.
 */
import { HashMD } from "@noble/hashes/_md.js";
import { createHasher } from "@noble/hashes/utils.js";

const IV = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;

/** T_j rotated left by j mod 32, for the 64 rounds. */
const ROUND = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));
const W = new Int32Array(68);

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

class Sm3 extends HashMD<Sm3> {
  private state = Int32Array.from(IV);

  constructor() {
    super(64, 32, 8, false);
  }

  protected get(): number[] {
    return [...this.state];
  }

  protected set(...words: number[]): void {
    this.state.set(words);
  }

  protected process(view: DataView, offset: number): void {
    expand(view, offset);
    compress(this.state);
  }

  protected roundClean(): void {
    W.fill(0);
  }

  _cloneInto(to: Sm3 = new Sm3()): Sm3 {
    to.state.set(this.state);
    return this._cloneIntoMeta(to);
  }

  destroy(): void {
    this.destroyed = true;
    this.state.fill(0);
    this.buffer.fill(0);
  }
}

function expand(view: DataView, offset: number): void {
  for (let j = 0; j < 16; j++) W[j] = view.getInt32(offset + 4 * j);
  for (let j = 16; j < 68; j++) {
    const x = W[j - 16]! ^ W[j - 9]! ^ rotate(W[j - 3]!, 15);
    W[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(W[j - 13]!, 7) ^ W[j - 6]!;
  }
}

function compress(state: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < 64; j++) {
    const a12 = rotate(a, 12);
    const ss1 = rotate((a12 + e + ROUND[j]!) | 0, 7);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (W[j]! ^ W[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + W[j]!) | 0;
    d = c;
    c = rotate(b, 9);
    b = a;
    a = tt1;
    h = g;
    g = rotate(f, 19);
    f = e;
    e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17);
  }
  const mixed = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = state[i]! ^ mixed[i]!;
}

/** SM3 of bytes; `sm3.create()` hashes piece by piece. */
export const sm3 = createHasher(() => new Sm3());
