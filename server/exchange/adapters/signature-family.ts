/**
 * Signatures on certificates and lists in three families: ECDSA on P-256, RSA from 2048 bits, SM2 with SM3 and the one
 * user id that national certificates use. The algorithm must be that of the key: nobody else decides it
 * (certificate-authority.md §3.5). Browsers' and Node's own tools call an SM2 signature false or, worse, make ECDSA of it.
 */
import { createPublicKey, verify } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import * as asn1 from "asn1js";
import type * as pkijs from "pkijs";
import { hex } from "../../../formats/bytes.ts";
import { Sm2Point, sm2Verify } from "../../../formats/seal/sm2.ts";

const oids = {
  ec: "1.2.840.10045.2.1",
  p256: "1.2.840.10045.3.1.7",
  sm2: "1.2.156.10197.1.301",
  rsa: "1.2.840.113549.1.1.1",
  ecdsaSha256: "1.2.840.10045.4.3.2",
  rsaSha256: "1.2.840.113549.1.1.11",
  sm2Sm3: "1.2.156.10197.1.501",
};

export type Family = "p256" | "rsa" | "sm2";

/** Undefined for every other key, RSA below 2048 bits among them. */
export function familyOf({ algorithm, parsedKey }: pkijs.PublicKeyInfo): Family | undefined {
  const curve = (algorithm.algorithmParams as asn1.ObjectIdentifier | undefined)?.valueBlock?.toString();
  if (algorithm.algorithmId === oids.ec) return curve === oids.p256 ? "p256" : curve === oids.sm2 ? "sm2" : undefined;
  if (algorithm.algorithmId !== oids.rsa || !parsedKey || !("modulus" in parsedKey)) return undefined;
  const modulus = hex(parsedKey.modulus.valueBlock.valueHexView).replace(/^(?:00)+/, "");
  return modulus.length >= 512 && /^[89a-f]/.test(modulus) ? "rsa" : undefined;
}

const algorithmOf: Readonly<Record<Family, string>> = { p256: oids.ecdsaSha256, rsa: oids.rsaSha256, sm2: oids.sm2Sm3 };

interface Signed {
  readonly tbsView: Uint8Array;
  readonly signatureAlgorithm: pkijs.AlgorithmIdentifier;
  /** The algorithm inside what is signed; it must be the same one. */
  readonly signature: pkijs.AlgorithmIdentifier;
  readonly signatureValue: asn1.BitString;
}

/** @param native verifies what Node's own cryptography can. */
export async function isSignedBy(signed: Signed, issuer: pkijs.PublicKeyInfo, native: () => Promise<boolean>): Promise<boolean> {
  const family = familyOf(issuer);
  const { algorithmId } = signed.signatureAlgorithm;
  if (!family || algorithmId !== algorithmOf[family] || signed.signature.algorithmId !== algorithmId) return false;
  if (family !== "sm2") return native().catch(() => false);
  try {
    return sm2Verify(sm2PointOf(issuer), signed.tbsView, rawSignature(signed.signatureValue.valueBlock.valueHexView));
  } catch {
    return false;
  }
}

/** A signature over plain bytes, of which no algorithm is told inside: answers of status services. Never throws. */
export function bytesAreSigned(
  key: pkijs.PublicKeyInfo,
  { algorithmId, bytes, signature }: { algorithmId: string; bytes: Uint8Array; signature: Uint8Array },
): boolean {
  const family = familyOf(key);
  if (!family || algorithmId !== algorithmOf[family]) return false;
  try {
    if (family === "sm2") return sm2Verify(sm2PointOf(key), bytes, rawSignature(signature));
    const info = { key: Buffer.from(key.toSchema().toBER(false)), format: "der", type: "spki" } as const;
    return verify("sha256", bytes, createPublicKey(info), signature);
  } catch {
    return false;
  }
}

function sm2PointOf(key: pkijs.PublicKeyInfo) {
  const point = Sm2Point.fromHex(hex(key.subjectPublicKey.valueBlock.valueHexView));
  point.assertValidity();
  return point;
}

/** SEQUENCE { r INTEGER, s INTEGER } as r ‖ s, 64 bytes. */
function rawSignature(der: Uint8Array): Uint8Array {
  const parsed = asn1.fromBER(Uint8Array.from(der));
  const parts = (parsed.result as asn1.Sequence).valueBlock.value as asn1.Integer[];
  if (parsed.offset !== der.length || parts.length !== 2) throw new Error("not a signature");
  const numbers = parts.map((part) =>
    hex(part.valueBlock.valueHexView)
      .replace(/^(?:00)+/, "")
      .padStart(64, "0"),
  );
  if (numbers.some((text) => text.length !== 64)) throw new Error("not a signature");
  return Uint8Array.from(Buffer.from(numbers.join(""), "hex"));
}

/** The holder's own key as acts name it: hex33 of a point, of RSA the modulus; undefined for a key that may not sign. */
export function keyOf(info: pkijs.PublicKeyInfo): { family: Family; publicKey: string } | undefined {
  const family = familyOf(info);
  if (!family) return undefined;
  if (family === "rsa") return rsaKeyOf(info);
  const Point = family === "p256" ? p256.Point : Sm2Point;
  try {
    return { family, publicKey: hex(Point.fromHex(hex(info.subjectPublicKey.valueBlock.valueHexView)).toBytes(true)) };
  } catch {
    return undefined;
  }
}

/** With the exponent 65537 and 4096 bits at most: the verifier knows no other. */
function rsaKeyOf({ parsedKey }: pkijs.PublicKeyInfo): { family: Family; publicKey: string } | undefined {
  const { modulus, publicExponent } = parsedKey as pkijs.RSAPublicKey;
  const publicKey = hex(modulus.valueBlock.valueHexView).replace(/^(?:00)+/, "");
  return publicExponent.valueBlock.valueDec === 65537 && publicKey.length <= 1024 ? { family: "rsa", publicKey } : undefined;
}
