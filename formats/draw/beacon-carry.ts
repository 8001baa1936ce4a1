/**
 * A beacon round that a person carries in, as a file or as the text of a QR code (`beacon-carry/v1`).
 * The bearer needs no trust: what counts is the plan's round and the BLS check. The check part of the
 * code only catches a character read wrongly.
 */
import { base64, fromBase64, fromHex, hex, u64 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";
import { beaconIsValid, beaconRoundTime } from "./beacon.ts";
import type { BeaconCarry, DrawPlan } from "./schemas.ts";

export type CarryRefusal = "beacon.wrong-chain" | "beacon.wrong-round" | "beacon.not-yet" | "beacon.invalid-signature";

/** Why a carried round is not the plan's at this instant (ms), or undefined when it is accepted. */
export function findCarryRefusal(
  plan: DrawPlan,
  carry: Pick<BeaconCarry, "chain" | "round" | "signature">,
  nowMs: number,
): CarryRefusal | undefined {
  if (carry.chain !== plan.beacon?.chain) return "beacon.wrong-chain";
  if (carry.round !== plan.beacon.round) return "beacon.wrong-round";
  // Never early: whoever has a round before its time could still act on it.
  if (nowMs < beaconRoundTime(carry.round)) return "beacon.not-yet";
  return beaconIsValid(carry.round, carry.signature) ? undefined : "beacon.invalid-signature";
}

/** `EGB1.<round>.<b64url of the 48 bytes>.<first 8 hex of SHA-256("EGB1" ‖ u64(round) ‖ signature)>` */
export function carryCode(round: number, signature: string): string {
  const bytes = fromHex(signature);
  const text = base64(bytes).replaceAll("+", "-").replaceAll("/", "_");
  return `EGB1.${round}.${text}.${checkPart(round, bytes)}`;
}

/** Round and signature of a code, or undefined when a character is wrong. */
export function readCarryCode(code: string): { round: number; signature: string } | undefined {
  const [, digits, text, check] = /^EGB1\.([1-9][0-9]{0,15})\.([A-Za-z0-9_-]{64})\.([0-9a-f]{8})$/.exec(code.trim()) ?? [];
  const round = Number(digits);
  if (text === undefined || !Number.isSafeInteger(round)) return undefined;
  const signature = fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
  return checkPart(round, signature) === check ? { round, signature: hex(signature) } : undefined;
}

function checkPart(round: number, signature: Uint8Array): string {
  return hex(sha256("EGB1", u64(round), signature)).slice(0, 8);
}
