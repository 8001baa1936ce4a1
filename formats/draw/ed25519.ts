/**
 * Ed25519 (RFC 8032) as draw-v1 uses it: strict decoding, never the ZIP 215 rules, so that every
 * verifier on every machine gives the same answer.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { concat } from "../bytes.ts";

/** The 32-byte public key of a 32-byte secret. */
export function publicKeyOf(secret: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secret);
}

export function sign(message: readonly Uint8Array[], secret: Uint8Array): Uint8Array {
  return ed25519.sign(concat(...message), secret);
}

export function signatureIsValid(signature: Uint8Array, message: readonly Uint8Array[], publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, concat(...message), publicKey, { zip215: false });
  } catch {
    return false; // noble throws on a key that is no point; for a reader that is one more bad signature
  }
}
