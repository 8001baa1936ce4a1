/**
 * SM4 (GB/T 32907-2016, 分组密码算法) in counter mode, the cipher of suite 2.
 * Tables are looked up by secret bytes, so timing on a shared cache can leak: a licensed deployment puts a
 * certified module behind the suite, and this code makes no claim of certification.
 */

// prettier-ignore
const SBOX_HEX =
  "d690e9fecce13db716b614c228fb2c052b679a762abe04c3aa441326498606999c4250f491ef987a33540b43edcfac62" +
  "e4b31ca9c908e89580df94fa758f3fa64707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35" +
  "1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89eeabf8ad240c738b5a3f7f2cef96115a1" +
  "e0ae5da49b341a55ad933230f58cb1e31df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51" +
  "8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b08969974a0c96777e65b9f109c56ec684" +
  "18f07dec3adc4d2079ee5f3ed7cb3948";
const SBOX = Uint8Array.from({ length: 256 }, (_, i) => Number.parseInt(SBOX_HEX.slice(2 * i, 2 * i + 2), 16));
const FK = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc] as const;

/** T[k][byte]: substitution and linear step for the byte at position k of a word, in one look-up. */
const T = [24, 16, 8, 0].map((shift) => Int32Array.from(SBOX, (s) => linear(s << shift)));
const [T0, T1, T2, T3] = T as [Int32Array, Int32Array, Int32Array, Int32Array];

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function linear(word: number): number {
  return word ^ rotate(word, 2) ^ rotate(word, 10) ^ rotate(word, 18) ^ rotate(word, 24);
}

function substitute(word: number): number {
  return (SBOX[word >>> 24]! << 24) | (SBOX[(word >>> 16) & 255]! << 16) | (SBOX[(word >>> 8) & 255]! << 8) | SBOX[word & 255]!;
}

/** The 32 round keys of a 16-byte key. */
function roundKeys(key: Uint8Array): Int32Array {
  const view = new DataView(key.buffer, key.byteOffset, 16);
  const k = FK.map((fk, i) => view.getInt32(4 * i) ^ fk);
  return Int32Array.from({ length: 32 }, (_, i) => {
    let ck = 0;
    for (let j = 0; j < 4; j++) ck = (ck << 8) | (((4 * i + j) * 7) & 255);
    const mixed = substitute(k[i + 1]! ^ k[i + 2]! ^ k[i + 3]! ^ ck);
    k.push(k[i]! ^ mixed ^ rotate(mixed, 13) ^ rotate(mixed, 23));
    return k[i + 4]!;
  });
}

function encryptBlock(rk: Int32Array, block: Int32Array, out: Int32Array): void {
  let a = block[0]!;
  let b = block[1]!;
  let c = block[2]!;
  let d = block[3]!;
  for (let i = 0; i < 32; i++) {
    const x = b ^ c ^ d ^ rk[i]!;
    const next = a ^ T0[x >>> 24]! ^ T1[(x >>> 16) & 255]! ^ T2[(x >>> 8) & 255]! ^ T3[x & 255]!;
    a = b;
    b = c;
    c = d;
    d = next;
  }
  out[0] = d;
  out[1] = c;
  out[2] = b;
  out[3] = a;
}

/** SM4-CTR with the initial counter block `nonce ‖ 00000000`; the same call encrypts and decrypts. */
export function sm4Ctr(key: Uint8Array, nonce: Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> {
  if (key.length !== 16 || nonce.length !== 12) throw new RangeError("SM4-CTR takes a 16-byte key and a 12-byte nonce");
  const rk = roundKeys(key);
  const view = new DataView(nonce.buffer, nonce.byteOffset, 12);
  const counter = Int32Array.of(view.getInt32(0), view.getInt32(4), view.getInt32(8), 0);
  const stream = new Int32Array(4);
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 16) {
    encryptBlock(rk, counter, stream);
    counter[3] = (counter[3]! + 1) | 0;
    const end = Math.min(16, data.length - at);
    for (let i = 0; i < end; i++) out[at + i] = data[at + i]! ^ (stream[i >> 2]! >>> (24 - 8 * (i & 3)));
  }
  return out;
}
