/**
 * ECIES of seal-v1 §2: a small secret sealed to one key. The key that wraps is used once, so its nonce is zero.
 */
import { type Bytesish, concat, fromHex, hex } from "../bytes.ts";
import { type Bytes, findPoint, type Point, pointBytes, pointHex, pointOf, type Suite, ZERO_NONCE } from "./group.ts";

/** The sealed secret on the wire. */
export interface EciesText {
  R: string;
  ct: string;
}

/** What binds a sealed secret to its purpose. */
export interface EciesBinding {
  info: Bytesish;
  aad: Uint8Array;
}

/** Seals `secret` to the key (hex33) with the fresh scalar r. @throws RangeError when the key is no point. */
export function eciesSeal(suite: Suite, to: { key: string; r: bigint }, binding: EciesBinding, secret: Uint8Array): EciesText {
  const R = suite.Point.BASE.multiply(to.r);
  const wrappingKey = deriveKey(suite, pointOf(suite, to.key).multiply(to.r), R, binding);
  return { R: pointHex(R), ct: hex(suite.seal(wrappingKey, ZERO_NONCE, binding.aad, secret)) };
}

/** The secret, or undefined when it was not sealed to this key for this purpose. */
export function eciesOpen(suite: Suite, secretKey: bigint, binding: EciesBinding, sealed: EciesText): Bytes | undefined {
  const R = findPoint(suite, sealed.R);
  if (R === undefined) return undefined;
  return suite.open(deriveKey(suite, R.multiply(secretKey), R, binding), ZERO_NONCE, binding.aad, fromHex(sealed.ct));
}

function deriveKey(suite: Suite, shared: Point, R: Point, { info }: EciesBinding): Bytes {
  return suite.hkdf(pointBytes(shared), pointBytes(R), concat(info));
}
