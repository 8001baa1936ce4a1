/**
 * Keys and signatures of the three families in which an authority certifies (certificate-authority.md §1): P-256 and RSA
 * by the platform's own cryptography; SM2 by hand, because neither WebCrypto nor pkijs signs or checks it rightly.
 */
import { createPrivateKey, sign } from "node:crypto";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { base64, fromBase64, fromHex, hex } from "../../formats/bytes.ts";
import { randomScalar } from "../../formats/seal/group.ts";
import { Sm2Point, sm2Sign, sm2Verify } from "../../formats/seal/sm2.ts";
import { nationalSuite } from "../../formats/seal/suite-2.ts";

export const families = ["p256", "sm2", "rsa"] as const;
export type Family = (typeof families)[number];

export const keyOids = {
  ec: "1.2.840.10045.2.1",
  p256: "1.2.840.10045.3.1.7",
  sm2: "1.2.156.10197.1.301",
  rsa: "1.2.840.113549.1.1.1",
} as const;
/** Of a signature: ECDSA and RSA with SHA-256, SM2 with SM3. */
export const signatureOid: Readonly<Record<Family, string>> = {
  p256: "1.2.840.10045.4.3.2",
  rsa: "1.2.840.113549.1.1.11",
  sm2: "1.2.156.10197.1.501",
};
const sm2Sm3 = signatureOid.sm2;

const nativeOf = {
  p256: { name: "ECDSA", namedCurve: "P-256" },
  rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
} as const;

/** A secret as text: PKCS#8 in base64, of SM2 the scalar in hex. */
export interface FamilyPair {
  readonly family: Family;
  readonly secret: string;
  readonly publicKey: pkijs.PublicKeyInfo;
}

type Random = (length: number) => Uint8Array;

export async function newFamilyPair(family: Family, random: Random): Promise<FamilyPair> {
  if (family === "sm2") {
    const secret = randomScalar(nationalSuite, random);
    return { family, secret: hex(Sm2Point.Fn.toBytes(secret)), publicKey: sm2Info(secret) };
  }
  const more = family === "rsa" ? { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) } : {};
  const pair = (await crypto.subtle.generateKey({ ...nativeOf[family], ...more }, true, ["sign", "verify"])) as CryptoKeyPair;
  const publicKey = new pkijs.PublicKeyInfo();
  await publicKey.importKey(pair.publicKey);
  return { family, secret: base64(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey))), publicKey };
}

export function sm2Info(secret: bigint): pkijs.PublicKeyInfo {
  const point = Uint8Array.from(Sm2Point.BASE.multiply(secret).toBytes(false));
  return new pkijs.PublicKeyInfo({
    algorithm: new pkijs.AlgorithmIdentifier({
      algorithmId: keyOids.ec,
      algorithmParams: new asn1.ObjectIdentifier({ value: keyOids.sm2 }),
    }),
    subjectPublicKey: new asn1.BitString({ valueHex: point.buffer }),
  });
}

/** Of a key that may be certified; RSA below 2048 bits is too weak. */
export function familyOfKey({ algorithm, parsedKey }: pkijs.PublicKeyInfo): Family | undefined {
  const curve = (algorithm.algorithmParams as asn1.ObjectIdentifier | undefined)?.valueBlock?.toString();
  if (algorithm.algorithmId === keyOids.ec) return curve === keyOids.p256 ? "p256" : curve === keyOids.sm2 ? "sm2" : undefined;
  if (algorithm.algorithmId !== keyOids.rsa || !parsedKey || !("modulus" in parsedKey)) return undefined;
  return hex(parsedKey.modulus.valueBlock.valueHexView).replace(/^(?:00)+/, "").length >= 512 ? "rsa" : undefined;
}

type Signable = pkijs.Certificate | pkijs.CertificateRevocationList | pkijs.CertificationRequest;

/** Signs what is to be signed, and puts the algorithm into it first. */
export async function signStructure(structure: Signable, { family, secret }: Pick<FamilyPair, "family" | "secret">): Promise<void> {
  if (family !== "sm2") {
    const key = await crypto.subtle.importKey("pkcs8", fromBase64(secret), nativeOf[family], false, ["sign"]);
    return structure.sign(key, "SHA-256");
  }
  const algorithm = new pkijs.AlgorithmIdentifier({ algorithmId: sm2Sm3 });
  structure.signatureAlgorithm = algorithm;
  if (!(structure instanceof pkijs.CertificationRequest)) structure.signature = algorithm;
  structure.tbsView = new Uint8Array((structure as unknown as { encodeTBS(): asn1.Sequence }).encodeTBS().toBER(false));
  structure.signatureValue = new asn1.BitString({ valueHex: Uint8Array.from(signBytes(structure.tbsView, { family, secret })).buffer });
}

/** A signature as certificates carry it: DER, of RSA the block. */
export function signBytes(tbs: Uint8Array, { family, secret }: Pick<FamilyPair, "family" | "secret">): Uint8Array {
  if (family !== "sm2") return sign("sha256", tbs, createPrivateKey({ key: Buffer.from(secret, "base64"), format: "der", type: "pkcs8" }));
  const random = () => randomScalar(nationalSuite, (length) => crypto.getRandomValues(new Uint8Array(length)));
  return derOf(sm2Sign(BigInt(`0x${secret}`), tbs, random));
}

/** Proof of possession of a PKCS#10 request. */
export async function requestHolds(request: pkijs.CertificationRequest): Promise<boolean> {
  if (familyOfKey(request.subjectPublicKeyInfo) !== "sm2") return request.verify();
  if (request.signatureAlgorithm.algorithmId !== sm2Sm3) return false;
  const point = Sm2Point.fromHex(hex(request.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView));
  return sm2Verify(point, request.tbsView, rawOf(request.signatureValue.valueBlock.valueHexView));
}

/** r ‖ s as SEQUENCE { r INTEGER, s INTEGER }. */
function derOf(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    const digits = hex(bytes).replace(/^(?:00)+/, "");
    const valueHex = fromHex(/^[89a-f]/.test(digits) ? `00${digits}` : digits);
    return new asn1.Integer({ valueHex: valueHex.buffer });
  };
  const sequence = new asn1.Sequence({ value: [integer(raw.subarray(0, 32)), integer(raw.subarray(32))] });
  return new Uint8Array(sequence.toBER(false));
}

function rawOf(der: Uint8Array): Uint8Array {
  const parts = (asn1.fromBER(Uint8Array.from(der)).result as asn1.Sequence).valueBlock.value as asn1.Integer[];
  const digits = parts.map((part) =>
    hex(part.valueBlock.valueHexView)
      .replace(/^(?:00)+/, "")
      .padStart(64, "0"),
  );
  return fromHex(digits.join(""));
}
