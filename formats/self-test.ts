/** What a self-test signs: bytes that are neither a sign-in nor an act, so that a trial signature can never be used as one. */
import { concat, fromHex } from "./bytes.ts";

export interface SelfTestChallenge {
  nonce: string;
}

/** "egret/v1 self-test\n" ‖ nonce, signed in the family of the person's key. */
export function selfTestMessage({ nonce }: SelfTestChallenge): Uint8Array<ArrayBuffer> {
  return concat("egret/v1 self-test\n", fromHex(nonce));
}

export interface SelfTestResult {
  /** Does the key that signed belong to what is registered for this person? */
  signature: "holds" | "fails" | "noKey";
  family: string;
  /** What an act of this person would be refused with now; null when it would be taken. */
  refusal: { code: string; message: string; whatToDo: string | null } | null;
  notAfter: string | null;
}
