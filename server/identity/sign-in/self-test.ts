/**
 * Tells a person before the deadline whether signing will work: the same checks that an act meets, over bytes that are no
 * act. It changes nothing and records nothing; whoever asks learns of its own certificate only.
 */
import { signatureHolds } from "../../../formats/act-proof.ts";
import type { ActSignature } from "../../../formats/act-signature.ts";
import { type SelfTestChallenge, type SelfTestResult, selfTestMessage } from "../../../formats/self-test.ts";
import type { Instant, Random } from "../../kernel/index.ts";
import type { Pool } from "../../runtime/database/index.ts";
import { refusalOfSigner } from "../certificates/act-certificate.ts";
import type { CertificateStatusPort } from "../certificates/certificate-status.ts";
import type { Actor } from "../role.ts";
import { giveChallenge, takeChallenge } from "./challenges.ts";

const purpose = "self-test";
const lifeMs = 120_000;

export async function offerSelfTest(
  pool: Pool,
  wish: { personId: string; machineNow: number; random: Random },
): Promise<SelfTestChallenge> {
  const { id } = await giveChallenge(pool, { purpose, data: { personId: wish.personId }, lifeMs, ...wish });
  return { nonce: id };
}

export interface SelfTestTry {
  actor: Actor;
  nonce: string;
  sig: ActSignature;
  machineNow: number;
  /** Trade time. */
  now: Instant;
}

/** Undefined when the challenge is not this person's or is over. */
export async function judgeSelfTest(
  pool: Pool,
  port: CertificateStatusPort | undefined,
  { actor, nonce, sig, machineNow, now }: SelfTestTry,
): Promise<SelfTestResult | undefined> {
  const taken = await takeChallenge<{ personId: string }>(pool, { id: nonce, purpose, machineNow });
  if (taken?.personId !== actor.personId) return undefined;
  const family = actor.signFamily;
  if (actor.signKey === "") return { signature: "noKey", family, refusal: null, notAfter: null };
  const holds = signatureHolds(selfTestMessage({ nonce }), sig, { family, key: actor.signKey });
  const refused = await refusalOfSigner(port, actor, { at: now, sealed: false });
  return {
    signature: holds ? "holds" : "fails",
    family,
    refusal: refused ? { code: refused.code, message: refused.message, whatToDo: refused.whatToDo ?? null } : null,
    notAfter: actor.certificateTerm.notAfter,
  };
}
