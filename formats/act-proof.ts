/**
 * Whether an act was signed by a key, in any of the four families. Used by the server at every act. It is apart from
 * `act.ts`, because a page signs acts and checks none, and need not load the curves for it.
 */
import { p256 } from "@noble/curves/nist.js";
import { actMessage, type SignedCommand, verifyP256 } from "./act.ts";
import { type ActSignature, familyOfSignature, type PasskeySignature, type SignatureKey } from "./act-signature.ts";
import { base64, concat, equalBytes, fromHex, hex, utf8 } from "./bytes.ts";
import { parseIJson } from "./i-json.ts";
import { sha256 } from "./jcs.ts";
import { Sm2Point, sm2Verify } from "./seal/sm2.ts";

/** Never throws, whatever the command carries. */
export function isSignedBy(command: SignedCommand, key: SignatureKey): boolean {
  return signatureHolds(actMessage(command), command.sig, key);
}

/** The family of the signature has to be that of the key: nobody else decides which algorithm is meant. */
export function signatureHolds(message: Uint8Array, sig: ActSignature, { family, key }: SignatureKey): boolean {
  if (familyOfSignature(sig) !== family) return false;
  if (typeof sig === "string") return verifyP256(message, sig, key);
  try {
    if (sig.family === "rsa") return rsaHolds(message, sig.value, key);
    if (sig.family === "sm2") return sm2Verify(sm2PointOf(key), message, fromHex(sig.value));
    return passkeyHolds(message, sig, key);
  } catch {
    return false;
  }
}

/** The address at which a passkey was used; undefined for every other family. A server takes its own address only. */
export function originOfSignature(sig: ActSignature): string | undefined {
  if (typeof sig === "string" || sig.family !== "passkey") return undefined;
  try {
    return (parseIJson(utf8(sig.clientData)) as { origin?: string }).origin;
  } catch {
    return "";
  }
}

/** Of keys that sign again and again: tables for multiplying them, some 150 KiB each. Everything here is public. */
const sm2Points = new Map<string, InstanceType<typeof Sm2Point>>();
const sm2PointsMax = 200;

function sm2PointOf(key: string): InstanceType<typeof Sm2Point> {
  const kept = sm2Points.get(key);
  if (kept) return kept;
  const point = Sm2Point.fromHex(key);
  if (sm2Points.size >= sm2PointsMax) sm2Points.clear();
  sm2Points.set(key, point.precompute(4));
  return point;
}

const exponent = 65537n;
/** DigestInfo of SHA-256 (RFC 8017 §9.2). */
const digestInfo = fromHex("3031300d060960864801650304020105000420");

/** RSASSA-PKCS1-v1_5 verified by making the one block that the message may have and comparing it whole. */
function rsaHolds(message: Uint8Array, value: string, modulus: string): boolean {
  const length = modulus.length / 2;
  const [n, s] = [BigInt(`0x${modulus}`), BigInt(`0x${value}`)];
  if (!/^[89a-f][0-9a-f]+$/.test(modulus) || length < 256 || value.length !== modulus.length || s >= n) return false;
  const tail = concat(Uint8Array.of(0), digestInfo, sha256(message));
  const block = concat(Uint8Array.of(0, 1), new Uint8Array(length - 2 - tail.length).fill(0xff), tail);
  return power(s, exponent, n) === BigInt(`0x${hex(block)}`);
}

function power(base: bigint, by: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let rest = by; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** User present and user verified: a touch by anybody wills nothing (WebAuthn §6.1). */
const presentAndVerified = 0x05;

function passkeyHolds(message: Uint8Array, { authenticatorData, clientData, value }: PasskeySignature, key: string): boolean {
  const { type, challenge, origin, crossOrigin } = parseIJson(utf8(clientData)) as Record<string, unknown>;
  if (type !== "webauthn.get" || challenge !== base64Url(sha256(message)) || typeof origin !== "string" || crossOrigin === true)
    return false;
  const data = fromHex(authenticatorData);
  if (!equalBytes(data.subarray(0, 32), sha256(new URL(origin).hostname))) return false;
  if (((data[32] ?? 0) & presentAndVerified) !== presentAndVerified) return false;
  return p256.verify(fromHex(value), concat(data, sha256(utf8(clientData))), fromHex(key), { lowS: false });
}

export function base64Url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
