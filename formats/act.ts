/**
 * The signed act: what a person wills, in the bytes that the person signs.
 *
 * What is signed is "egret/v1 act\n" ‖ H(JCS(command without sig)) (decisions §6), in the family of the person's key
 * (`act-signature.ts`). The signature travels beside the events that the act caused, so that the record alone proves
 * who willed what.
 */
import { p256 } from "@noble/curves/nist.js";
import { type Static, Type } from "@sinclair/typebox";
import { type ActSignature, actSignatureSchema } from "./act-signature.ts";
import { concat, fromHex, hex } from "./bytes.ts";
import { jcs, sha256 } from "./jcs.ts";

/** What an id may be made of; which ones there are, others know. */
const idPattern = "^[A-Za-z0-9._:-]{0,64}$";

export const commandSchema = Type.Object(
  {
    v: Type.Literal(1),
    act: Type.String({ pattern: "^[a-z]{2,12}\\.[a-z][A-Za-z0-9]{1,40}$" }),
    commandId: Type.String({ pattern: "^[A-Za-z0-9._:-]{16,64}$" }),
    membership: Type.String({ pattern: idPattern }),
    /** The lot that the act is about; null for acts outside a lot (a project, an admission, an organisation). */
    lotId: Type.Union([Type.String({ pattern: idPattern }), Type.Null()]),
    data: Type.Unknown(),
    /** The platform's nonce that names this act; acts of `stepUpActs` need one. It is under the signature. */
    nonce: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })),
    sig: actSignatureSchema,
  },
  { additionalProperties: false },
);

export type SignedCommand = Static<typeof commandSchema>;
export type Command = Omit<SignedCommand, "sig">;

/** The digest that names a command: hex(H(JCS(command without sig))). */
export function commandDigest(command: Command): string {
  return hex(sha256(jcs(withoutSig(command))));
}

export function actMessage(command: Command): Uint8Array<ArrayBuffer> {
  return concat("egret/v1 act\n", fromHex(commandDigest(command)));
}

/** Signs with a P-256 key; other families sign with `act-signers.ts`. */
export function signCommand(command: Command, secretKey: Uint8Array): SignedCommand {
  return signedWith(command, hex(p256.sign(actMessage(command), secretKey, { lowS: false })));
}

export function signedWith(command: Command, sig: ActSignature): SignedCommand {
  return { ...withoutSig(command), sig };
}

/** ECDSA P-256 over SHA-256 of the message; never throws on malformed input. */
export function verifyP256(message: Uint8Array, sig: string, publicKey: string): boolean {
  try {
    return p256.verify(fromHex(sig), message, fromHex(publicKey), { lowS: false });
  } catch {
    return false;
  }
}

export function withoutSig(command: Command): Command {
  const { v, act, commandId, membership, lotId, data, nonce } = command;
  return { v, act, commandId, membership, lotId, data, ...(nonce === undefined ? {} : { nonce }) };
}
