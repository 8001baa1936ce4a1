/**
 * The platform's key for lots of suite 2: SM2, which signs their receipts, freezes and lists of keys. It follows from the
 * receipt key by a one-way function, so that the key folder of an older house need not change. Nonces follow from key and
 * message (as RFC 6979 does it for ECDSA): the same receipt is made again, and no bad chance gives the key away.
 */
import { createHmac } from "node:crypto";
import { concat, u32 } from "../../formats/bytes.ts";
import { newKeyPair, signMessage, suiteOf } from "../../formats/seal/index.ts";

export interface NationalKey {
  /** hex33 on the SM2 curve. */
  readonly key: string;
  sign(message: Uint8Array): string;
}

export function nationalKeyOf(receiptSecret: Uint8Array): NationalKey {
  const suite = suiteOf(2);
  const { secret, key } = newKeyPair(suite, streamOf(receiptSecret, "egret/v1 platform key of suite 2"));
  return { key, sign: (message) => signMessage(suite, secret, message, streamOf(secret, concat("egret/v1 nonce\n", message))) };
}

/** Bytes of HMAC-SHA-256(secret, label ‖ counter), block after block. */
function streamOf(secret: Uint8Array, label: Uint8Array | string): (length: number) => Uint8Array {
  let counter = 0;
  return (length) => {
    if (length !== 32) throw new RangeError("scalars only");
    return createHmac("sha256", secret)
      .update(concat(label, u32(counter++)))
      .digest();
  };
}
