/**
 * Suite 2: SM2, SM3, SM4-CTR with HMAC-SM3 (encrypt, then authenticate; the tag is checked first).
 * No browser has these natively, so the bulk is slow there; the command line is the place for large bids.
 */
import { expand, hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { concat, equalBytes, u64, utf8 } from "../bytes.ts";
import { type Bytes, type Random, randomScalar, type Suite } from "./group.ts";
import { findNativeHash } from "./native.ts";
import { Sm2Point, sm2Sign, sm2Verify } from "./sm2.ts";
import { sm3 } from "./sm3.ts";
import { sm4Ctr } from "./sm4.ts";

const TAG = 32;
const INFO = utf8("seal/v1 etm");

function keysOf(key: Uint8Array): { cipher: Uint8Array; mac: Uint8Array } {
  const keys = expand(sm3, key, INFO, 48);
  return { cipher: keys.subarray(0, 16), mac: keys.subarray(16) };
}

function tagOf(mac: Uint8Array, nonce: Uint8Array, aad: Uint8Array, body: Uint8Array): Uint8Array {
  return hmac(sm3, mac, concat(u64(aad.length), aad, nonce, body));
}

function seal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Bytes {
  const { cipher, mac } = keysOf(key);
  const body = sm4Ctr(cipher, nonce, plaintext);
  return concat(body, tagOf(mac, nonce, aad, body));
}

function open(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, ciphertext: Uint8Array): Bytes | undefined {
  if (ciphertext.length < TAG) return undefined;
  const { cipher, mac } = keysOf(key);
  const body = ciphertext.subarray(0, ciphertext.length - TAG);
  if (!equalBytes(tagOf(mac, nonce, aad, body), ciphertext.subarray(ciphertext.length - TAG))) return undefined;
  return sm4Ctr(cipher, nonce, body);
}

export const nationalSuite: Suite = {
  id: 2,
  tagLength: TAG,
  Point: Sm2Point,
  hash: (...parts) => sm3(concat(...parts)) as Bytes,
  async hashBulk(data) {
    const hash = nationalSuite.newHash();
    hash.update(data);
    return new Uint8Array(hash.digest());
  },
  newHash: () => findNativeHash("sm3") ?? sm3.create(),
  hkdf: (ikm, salt, info) => hkdf(sm3, ikm, salt, info, 32) as Bytes,
  seal,
  open,
  bulkKey: async (key) => ({
    seal: async (nonce, aad, plaintext) => seal(key, nonce, aad, plaintext),
    open: async (nonce, aad, ciphertext) => open(key, nonce, aad, ciphertext),
  }),
  bulkKeyFrom() {
    throw new TypeError("WebCrypto holds no SM4 key");
  },
  sign: (secret, message, random: Random) => sm2Sign(secret, message, () => randomScalar(nationalSuite, random)),
  verify: sm2Verify,
};
