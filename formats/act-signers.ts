/**
 * Makes a person's signature in its own family: the software tokens of a sandbox and of stories. A real token or phone
 * stands behind the same interface; the caller does not know which family it has.
 */
import { p256 } from "@noble/curves/nist.js";
import { actMessage, type Command, type SignedCommand, signedWith } from "./act.ts";
import { base64Url } from "./act-proof.ts";
import type { ActSignature, PasskeySignature, SignatureFamily } from "./act-signature.ts";
import { concat, fromBase64, fromHex, hex, u32 } from "./bytes.ts";
import { sha256 } from "./jcs.ts";
import { Sm2Point, sm2Sign } from "./seal/sm2.ts";

export interface ActSigner {
  readonly family: SignatureFamily;
  sign(message: Uint8Array<ArrayBuffer>): Promise<ActSignature>;
}

/** What a software token holds: a scalar in hex, of RSA the PKCS#8 in base64. */
export interface SoftwareKey {
  readonly family: SignatureFamily;
  readonly secret: string;
}

/** @param origin the page's address, which a passkey puts under its signature. */
export function softwareSigner({ family, secret }: SoftwareKey, origin: string): ActSigner {
  const sign: Record<SignatureFamily, ActSigner["sign"]> = {
    p256: async (message) => hex(p256.sign(message, fromHex(secret), { lowS: false })),
    rsa: (message) => signRsa(secret, message),
    sm2: async (message) => ({ family: "sm2", value: hex(sm2Sign(BigInt(`0x${secret}`), message, randomScalar)) }),
    passkey: async (message) => assertionOf(secret, message, origin),
  };
  return { family, sign: sign[family] };
}

export async function signCommandWith(command: Command, signer: ActSigner): Promise<SignedCommand> {
  return signedWith(command, await signer.sign(actMessage(command)));
}

async function signRsa(pkcs8: string, message: Uint8Array<ArrayBuffer>): Promise<ActSignature> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("pkcs8", fromBase64(pkcs8), algorithm, false, ["sign"]);
  return { family: "rsa", value: hex(new Uint8Array(await crypto.subtle.sign(algorithm, key, message))) };
}

function randomScalar(): bigint {
  for (;;) {
    const value = BigInt(`0x${hex(crypto.getRandomValues(new Uint8Array(32)))}`);
    if (value > 0n && value < Sm2Point.Fn.ORDER) return value;
  }
}

/** User present, user verified; a software key counts nothing. */
const flags = Uint8Array.of(0x05);

function assertionOf(secret: string, message: Uint8Array, origin: string): PasskeySignature {
  const clientData = JSON.stringify({ type: "webauthn.get", challenge: base64Url(sha256(message)), origin, crossOrigin: false });
  const data = concat(sha256(new URL(origin).hostname), flags, u32(0));
  const value = hex(p256.sign(concat(data, sha256(clientData)), fromHex(secret), { lowS: false }));
  return { family: "passkey", authenticatorData: hex(data), clientData, value };
}
