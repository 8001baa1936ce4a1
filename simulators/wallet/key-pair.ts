/** Key pairs of a person or a member, as text: they travel in JSON between safe and page only. */
import { generateKeyPairSync } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import type { SignatureFamily } from "../../formats/act-signature.ts";
import { hex } from "../../formats/bytes.ts";
import { type RandomBytes, randomScalar } from "../../formats/exchange/index.ts";
import { newKeyPair, suiteOf } from "../../formats/seal/index.ts";

export interface KeyPair {
  readonly secret: string;
  readonly key: string;
}

export function newPair(random: RandomBytes): KeyPair {
  const secret = randomScalar(random);
  return { secret: hex(secret), key: hex(p256.getPublicKey(secret, true)) };
}

/** A pair with which a person signs. RSA: PKCS#8 in base64 and the modulus; the others: scalar and point, a passkey on P-256. */
export function newSignPair(family: SignatureFamily, random: RandomBytes): KeyPair {
  if (family === "sm2") return nationalPair(random);
  if (family !== "rsa") return newPair(random);
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const modulus = Buffer.from(publicKey.export({ format: "jwk" }).n ?? "", "base64url");
  return { secret: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"), key: modulus.toString("hex") };
}

/** A pair on the curve of suite 2. */
export function nationalPair(random: RandomBytes): KeyPair {
  const { secret, key } = newKeyPair(suiteOf(2), random);
  return { secret: hex(secret), key };
}
