/**
 * Suite 1: P-256, SHA-256, AES-256-GCM, ECDSA. The bulk runs in WebCrypto (constant-time, off the script's
 * thread); `subtle` is read at use, because a page outside a secure context has none.
 */
import { gcm } from "@noble/ciphers/aes.js";
import { p256 } from "@noble/curves/nist.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat } from "../bytes.ts";
import type { BulkKey, Bytes, Suite } from "./group.ts";
import { findNativeHash } from "./native.ts";
import { RunningSha256 } from "./running-sha-256.ts";

const ECDSA = { prehash: true, lowS: false, format: "compact" } as const;

function bulkKeyFrom(key: CryptoKey): BulkKey {
  const algorithm = (iv: Bytes, additionalData: Bytes) => ({ name: "AES-GCM", iv, additionalData, tagLength: 128 });
  return {
    async seal(nonce, aad, plaintext) {
      return new Uint8Array(await globalThis.crypto.subtle.encrypt(algorithm(nonce, aad), key, plaintext));
    },
    async open(nonce, aad, ciphertext) {
      try {
        return new Uint8Array(await globalThis.crypto.subtle.decrypt(algorithm(nonce, aad), key, ciphertext));
      } catch (error) {
        if (error instanceof DOMException && error.name === "OperationError") return undefined;
        throw error;
      }
    },
  };
}

export const internationalSuite: Suite = {
  id: 1,
  tagLength: 16,
  Point: p256.Point,
  hash: (...parts) => sha256(concat(...parts)) as Bytes,
  hashBulk: async (data) => new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", data)),
  newHash: () => findNativeHash("sha256") ?? new RunningSha256(),
  hkdf: (ikm, salt, info) => hkdf(sha256, ikm, salt, info, 32) as Bytes,
  seal: (key, nonce, aad, plaintext) => gcm(key, nonce, aad).encrypt(plaintext) as Bytes,
  open(key, nonce, aad, ciphertext) {
    try {
      return gcm(key, nonce, aad).decrypt(ciphertext) as Bytes;
    } catch {
      return undefined;
    }
  },
  async bulkKey(key) {
    return bulkKeyFrom(await globalThis.crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]));
  },
  bulkKeyFrom,
  sign: (secret, message) => p256.sign(message, p256.Point.Fn.toBytes(secret), ECDSA) as Bytes,
  verify(key, message, signature) {
    try {
      return p256.verify(signature, message, key.toBytes(true), ECDSA);
    } catch {
      return false;
    }
  },
};
