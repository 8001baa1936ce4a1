/**
 * Signs an act in the page. The message is "egret/v1 act\n" ‖ H(JCS(command without sig)); the key is the
 * person's own and never leaves the page.
 */
import { fromHex, hex, concat } from "../../formats/bytes.ts";
import { jcs, sha256 } from "../../formats/jcs.ts";

/** A command before it is signed: a closed JSON object of the interface. */
export type Command = Readonly<Record<string, unknown>>;

/** Bytes that an act's signature covers. */
export function actMessage(command: Command): Uint8Array {
  const { sig: _sig, ...unsigned } = command;
  return concat("egret/v1 act\n", sha256(jcs(unsigned)));
}

/** Digest of a command as it is shown before signing. */
export function commandDigest(command: Command): string {
  const { sig: _sig, ...unsigned } = command;
  return hex(sha256(jcs(unsigned)));
}

/** ECDSA P-256 over SHA-256 of the message, r ‖ s as 128 hex characters. */
export async function signAct(command: Command, signSecret: string): Promise<string> {
  const { p256 } = await import("@noble/curves/nist.js");
  const signature = p256.sign(actMessage(command), fromHex(signSecret), {
    prehash: true,
    lowS: false,
    format: "compact",
  });
  return hex(signature);
}
