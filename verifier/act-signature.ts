/**
 * The signature of an act in the four families in which people sign (docs/formats/act.md): P-256, RSA, SM2, passkey.
 * Written apart from the signing side; everything here is public, so clarity goes before constant time.
 */
import { p256 } from "@noble/curves/nist.js";
import { concat, fromHex, hex, utf8 } from "../formats/bytes.ts";
import { sha256 } from "../formats/jcs.ts";
import { readIJson, type Value } from "./i-json.ts";
import { findAlgorithms, isSigned } from "./seal/algorithms.ts";
import { closed, either, hexOf, isObject, oneOf, type Shape, text } from "./shapes.ts";

export type ActFamily = "p256" | "rsa" | "sm2" | "passkey";

const evenHex = (least: number, most: number): Shape => text(2 * least, 2 * most, /^(?:[0-9a-f]{2})+$/);

export const actKey: Shape = either(hexOf(33), text(512, 1024, /^[89a-f][0-9a-f]+$/));
export const actSignature: Shape = either(
  hexOf(64),
  closed({ family: oneOf("rsa"), value: evenHex(256, 512) }),
  closed({ family: oneOf("sm2"), value: hexOf(64) }),
  closed({ family: oneOf("passkey"), authenticatorData: evenHex(37, 512), clientData: text(2, 4096), value: hexOf(64) }),
);

type Signature = string | { family: "rsa" | "sm2"; value: string } | PasskeySignature;
type PasskeySignature = { family: "passkey"; authenticatorData: string; clientData: string; value: string };

/** The family in which a signed act was signed, or undefined when its signature does not hold. */
export function familyOfHolding({ digest, key, sig }: { digest: string; key: string; sig: Signature }): ActFamily | undefined {
  const message = concat("egret/v1 act\n", fromHex(digest));
  const family = typeof sig === "string" ? "p256" : sig.family;
  try {
    return holds(message, sig, key) ? family : undefined;
  } catch {
    return undefined;
  }
}

function holds(message: Uint8Array, sig: Signature, key: string): boolean {
  if (typeof sig === "string") return ecdsaHolds(message, sig, key);
  if (sig.family === "passkey") return assertionHolds(message, sig, key);
  if (sig.family === "rsa") return rsaHolds(message, sig.value, key);
  const national = findAlgorithms(2);
  return national !== undefined && isSigned(national, key, message, sig.value);
}

function ecdsaHolds(message: Uint8Array, sig: string, key: string): boolean {
  return p256.verify(fromHex(sig), message, fromHex(key), { lowS: false });
}

/** RFC 8017 §8.2.2 with SHA-256 and e = 65537: s^e must be 00 01 ff … ff 00 ‖ DigestInfo, all of it. */
function rsaHolds(message: Uint8Array, value: string, modulus: string): boolean {
  const n = BigInt(`0x${modulus}`);
  const s = BigInt(`0x${value}`);
  if (modulus.length < 512 || modulus.length % 2 !== 0 || value.length !== modulus.length || s >= n) return false;
  let squared = s;
  for (let i = 0; i < 16; i++) squared = (squared * squared) % n;
  const opened = ((squared * s) % n).toString(16).padStart(modulus.length, "0");
  const tail = `003031300d060960864801650304020105000420${hex(sha256(message))}`;
  return opened === `0001${"f".repeat(modulus.length - 4 - tail.length)}${tail}`;
}

/** WebAuthn §7.2 as far as bytes can prove it: the challenge is the act, the page is of one site, the person was verified. */
function assertionHolds(message: Uint8Array, { authenticatorData, clientData, value }: PasskeySignature, key: string): boolean {
  const told: Value | undefined = readIJson(clientData);
  if (!isObject(told) || told.type !== "webauthn.get" || told.crossOrigin === true || typeof told.origin !== "string") return false;
  if (told.challenge !== Buffer.from(sha256(message)).toString("base64url")) return false;
  const data = fromHex(authenticatorData);
  const site = hex(sha256(new URL(told.origin).hostname));
  const flags = data[32] ?? 0;
  if (!authenticatorData.startsWith(site) || (flags & 1) === 0 || (flags & 4) === 0) return false;
  return ecdsaHolds(concat(data, sha256(utf8(clientData))), value, key);
}
