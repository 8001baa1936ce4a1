/**
 * Keys of the log and its witnesses as notes name them (evidence-v1 §4, §5; C2SP signed-note):
 * a name, a key ID that binds name, kind and key, and the text form `<name>+<key ID>+<b64>`.
 */
import { base64, concat, fromBase64, hex } from "../bytes.ts";
import { sha256 } from "../jcs.ts";

/** Signature type bytes: the log signs the body, a witness a timed cosignature. */
export const keyType = { log: 1, witness: 4 } as const;

export type VerifierKey = { name: string; type: number; publicKey: Uint8Array };

const namePattern = /^[\x21-\x2a\x2c-\x7e]{1,128}$/;

/** 1 to 128 visible ASCII characters without `+`. */
export function isKeyName(text: string): boolean {
  return namePattern.test(text);
}

/** First 4 bytes of H(name ‖ "\n" ‖ type ‖ pk32). */
export function keyIdOf({ name, type, publicKey }: VerifierKey): Uint8Array {
  return sha256(name, "\n", Uint8Array.of(type), publicKey).subarray(0, 4);
}

export function verifierKeyText(key: VerifierKey): string {
  if (!isKeyName(key.name) || key.publicKey.length !== 32) throw new RangeError("not a key that a note can name");
  return `${key.name}+${hex(keyIdOf(key))}+${base64(concat(Uint8Array.of(key.type), key.publicKey))}`;
}

/** The key, or undefined when the text is none or its key ID is not the key's own. */
export function readVerifierKey(text: string): VerifierKey | undefined {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || id === undefined || encoded === undefined || !isKeyName(name)) return undefined;
  const bytes = decoded(encoded);
  if (bytes?.length !== 33) return undefined;
  const key = { name, type: bytes[0] as number, publicKey: bytes.slice(1) };
  return hex(keyIdOf(key)) === id ? key : undefined;
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    return undefined; // not base64, or not in its one canonical writing
  }
}
