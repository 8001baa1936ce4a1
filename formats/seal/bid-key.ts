/**
 * The key that signs a bid lies on the curve of the lot's suite. A bidder whose certificate is of that family signs with
 * it; whoever has RSA, a passkey or the other curve signs with a key made for this bid alone, and the act with which
 * the bid is handed in ties it to the person (decisions §7).
 */
import type { SignatureFamily } from "../act-signature.ts";
import { fromHex } from "../bytes.ts";
import { newKeyPair, type Random, type SuiteId } from "./group.ts";
import { suiteOf } from "./suite.ts";

const familyOfSuite: Readonly<Record<SuiteId, SignatureFamily>> = { 1: "p256", 2: "sm2" };

export interface BidKey {
  readonly key: string;
  readonly secret: Uint8Array<ArrayBuffer>;
}

export function bidKeyFor(suite: SuiteId, own: { family: SignatureFamily; key: string; secret: string }, random: Random): BidKey {
  return own.family === familyOfSuite[suite] ? { key: own.key, secret: fromHex(own.secret) } : newKeyPair(suiteOf(suite), random);
}
