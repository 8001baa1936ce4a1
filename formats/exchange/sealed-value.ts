/**
 * A value sealed to one P-256 key: ECIES of seal-v1 §2 (suite 1), written as base64 of R ‖ ct.
 * Carries what a message must hand to one holder only: salts, rosters, drawn ids (expert-pool.md §1).
 */
import { gcm } from "@noble/ciphers/aes.js";
import { p256 } from "@noble/curves/nist.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { base64, concat, fromBase64, fromHex, utf8 } from "../bytes.ts";
import { type RandomBytes, randomScalar } from "./personal-field.ts";

/** @param info names purpose and object, so that a value sealed for one cannot be shown as another. */
export function sealTo(publicKey: string, info: string, plain: Uint8Array, random: RandomBytes): string {
  const r = randomScalar(random);
  const R = p256.getPublicKey(r, true);
  const shared = p256.getSharedSecret(r, fromHex(publicKey), true);
  const ct = gcm(keyOf(shared, R, info), new Uint8Array(12), utf8(info)).encrypt(plain);
  return base64(concat(R, ct));
}

/** @throws Error when the bytes were sealed for another key, another purpose, or were changed. */
export function openSealed(secret: Uint8Array, info: string, sealed: string): Uint8Array {
  const bytes = fromBase64(sealed);
  const R = bytes.slice(0, 33);
  const shared = p256.getSharedSecret(secret, R, true);
  return gcm(keyOf(shared, R, info), new Uint8Array(12), utf8(info)).decrypt(bytes.slice(33));
}

function keyOf(shared: Uint8Array, R: Uint8Array, info: string): Uint8Array {
  return hkdf(nobleSha256, shared, R, utf8(info), 32);
}
