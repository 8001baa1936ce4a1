/** A P-256 key pair of a person or a member, as hex: it travels in JSON between safe and page only. */
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../../formats/bytes.ts";
import { type RandomBytes, randomScalar } from "../../formats/exchange/index.ts";

export interface KeyPair {
  readonly secret: string;
  readonly key: string;
}

export function newPair(random: RandomBytes): KeyPair {
  const secret = randomScalar(random);
  return { secret: hex(secret), key: hex(p256.getPublicKey(secret, true)) };
}

/** ECDSA P-256 over SHA-256, r ‖ s, hex64. */
export function signWith(pair: KeyPair, message: Uint8Array): string {
  return hex(p256.sign(message, fromHex(pair.secret), { lowS: false }));
}
