/**
 * Personal fields 🔒 (conventions.md §7): JWE compact, `ECDH-ES` + `A256GCM`, to the P-256 field key of the
 * receiver (RFC 7516, RFC 7518 §4.6). 个人信息保护法 51: names and account numbers never travel in the clear.
 */
import { gcm } from "@noble/ciphers/aes.js";
import { p256 } from "@noble/curves/nist.js";
import { base64, concat, fromBase64, fromHex, fromUtf8, hex, u32, utf8 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";

/** Fresh chance, passed in: bytes of the length asked for. */
export type RandomBytes = (length: number) => Uint8Array;

/** @param fieldKey the receiver's point, hex33. */
export function encryptPersonal(text: string, fieldKey: string, random: RandomBytes): string {
  const ephemeral = randomScalar(random);
  const point = p256.getPublicKey(ephemeral, false);
  const epk = { crv: "P-256", kty: "EC", x: base64url(point.slice(1, 33)), y: base64url(point.slice(33)) };
  const header = base64url(utf8(JSON.stringify({ alg: "ECDH-ES", enc: "A256GCM", epk })));
  const key = agreedKey(ephemeral, fromHex(fieldKey));
  const nonce = random(12);
  const sealed = gcm(key, nonce, utf8(header)).encrypt(utf8(text));
  return `${header}..${base64url(nonce)}.${base64url(sealed.slice(0, -16))}.${base64url(sealed.slice(-16))}`;
}

/** @throws Error when the text is no such JWE or was made for another key. */
export function decryptPersonal(jwe: string, secret: Uint8Array): string {
  const parts = jwe.split(".");
  const [header, wrapped, nonce, body, tag] = parts;
  if (parts.length !== 5 || !header || wrapped !== "" || !nonce || body === undefined || !tag) throw new Error("not a compact JWE");
  const { alg, enc, epk } = JSON.parse(fromUtf8(fromBase64url(header))) as {
    alg: string;
    enc: string;
    epk: { crv: string; x: string; y: string };
  };
  if (alg !== "ECDH-ES" || enc !== "A256GCM" || epk?.crv !== "P-256") throw new Error("another algorithm");
  const point = concat(Uint8Array.of(4), fromBase64url(epk.x), fromBase64url(epk.y));
  const key = agreedKey(secret, point);
  return fromUtf8(gcm(key, fromBase64url(nonce), utf8(header)).decrypt(concat(fromBase64url(body), fromBase64url(tag))));
}

/** 32 bytes that are a valid scalar of P-256, never zero. */
export function randomScalar(random: RandomBytes): Uint8Array {
  for (;;) {
    const candidate = random(32);
    if (p256.utils.isValidSecretKey(candidate)) return candidate;
  }
}

/** Concat KDF of RFC 7518 §4.6.2 with one round: algorithm id A256GCM, empty party info, 256 bits. */
function agreedKey(secret: Uint8Array, point: Uint8Array): Uint8Array {
  const z = p256.getSharedSecret(secret, point, true).slice(1);
  return sha256(u32(1), z, u32(7), "A256GCM", u32(0), u32(0), u32(256));
}

/** First 8 characters of a keyed hash: all that a journal may show of a personal field (§7). */
export function personalTrace(key: Uint8Array, text: string): string {
  return hex(sha256(key, text)).slice(0, 8);
}

function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(padded + "=".repeat((4 - (padded.length % 4)) % 4));
}
