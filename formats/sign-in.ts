/**
 * What a certificate signs to sign in: where, for what, until when and a nonce of the platform; never a bare hash,
 * so that no signature over something else can be passed off as a sign-in, nor this one as an act.
 */
import { concat } from "./bytes.ts";
import { jcs, sha256 } from "./jcs.ts";

export interface SignInChallenge {
  nonce: string;
  /** `http://localhost:8630`: the page must be of this origin, and the person sees it before signing. */
  origin: string;
  purpose: "sign-in";
  /** Machine time, UTC. */
  expiresAt: string;
}

/** "egret/v1 sign-in\n" ‖ H(JCS(challenge)); signed in the family of the certificate, as an act is. */
export function signInMessage({ nonce, origin, purpose, expiresAt }: SignInChallenge): Uint8Array<ArrayBuffer> {
  return concat("egret/v1 sign-in\n", sha256(jcs({ nonce, origin, purpose, expiresAt })));
}
