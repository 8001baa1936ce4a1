/**
 * The form of a signature over an act (decisions §7). People sign in four families: ECDSA P-256, RSA, SM2, and a
 * passkey, whose assertion has the bytes of the act as its challenge. P-256 is a plain text, as from the first day;
 * each other family names itself, so that nobody has to guess an algorithm from a length.
 */
import { type Static, Type } from "@sinclair/typebox";

export const signatureFamilies = ["p256", "rsa", "sm2", "passkey"] as const;
export type SignatureFamily = (typeof signatureFamilies)[number];

const closed = <Members extends Parameters<typeof Type.Object>[0]>(members: Members) =>
  Type.Object(members, { additionalProperties: false });
/** r ‖ s */
const pair = Type.String({ pattern: "^[0-9a-f]{128}$" });

/** RSASSA-PKCS1-v1_5 with SHA-256, as long as the modulus. */
const rsaSignature = closed({ family: Type.Literal("rsa"), value: Type.String({ pattern: "^(?:[0-9a-f]{2}){256,512}$" }) });
/** SM2 with SM3 and the user id 1234567812345678. */
const sm2Signature = closed({ family: Type.Literal("sm2"), value: pair });
/** WebAuthn: ECDSA P-256 over authenticatorData ‖ SHA-256(clientData). */
const passkeySignature = closed({
  family: Type.Literal("passkey"),
  authenticatorData: Type.String({ pattern: "^(?:[0-9a-f]{2}){37,512}$" }),
  /** The text of clientDataJSON, byte for byte. */
  clientData: Type.String({ minLength: 2, maxLength: 1024 }),
  value: pair,
});

export const actSignatureSchema = Type.Union([pair, rsaSignature, sm2Signature, passkeySignature]);
export type ActSignature = Static<typeof actSignatureSchema>;
export type PasskeySignature = Static<typeof passkeySignature>;

/** A public key as registered: P-256, SM2 and passkey hex33; RSA its modulus, with the exponent 65537 and no other. */
export interface SignatureKey {
  readonly family: SignatureFamily;
  readonly key: string;
}

export const signatureKeyPattern = "^(?:0[23][0-9a-f]{64}|[89a-f][0-9a-f]{511,1023})$";

export function familyOfSignature(sig: ActSignature): SignatureFamily {
  return typeof sig === "string" ? "p256" : sig.family;
}
