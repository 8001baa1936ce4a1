/**
 * Who may speak to whom (conventions.md §1): system codes, the keys of a peer with their time of
 * validity, and the peer file that both operators approve.
 *
 * Must never learn a key from the wire: `GET /v1/keys` is for comparison only.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../bytes.ts";

export type Environment = "sandbox" | "production";

export interface PeerKey {
  readonly kid: string;
  /** `sm2` is reserved by conventions.md §2; this build verifies `ed25519` only and refuses the other as unknown. */
  readonly alg: "ed25519" | "sm2";
  /** hex32 for ed25519. */
  readonly pub: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface Peer {
  readonly system: string;
  readonly baseUrl: string;
  readonly environment: Environment;
  readonly keys: readonly PeerKey[];
  /** P-256 point (hex33) to which personal fields for this peer are encrypted (conventions.md §7). */
  readonly fieldKey?: string;
}

/** The secret half of a message key. It stays in the process that made it. */
export interface SigningKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}

export const systemCodePattern = /^[a-z][a-z0-9-]{1,31}$/;

export function messageKeyOf(key: SigningKey, notBefore: string, notAfter: string): PeerKey {
  return { kid: key.kid, alg: "ed25519", pub: hex(ed25519.getPublicKey(key.secret)), notBefore, notAfter };
}

/** The public point of a field key, compressed, as hex33. */
export function fieldKeyOf(secret: Uint8Array): string {
  return hex(p256.getPublicKey(secret, true));
}

/** The key of a peer by its name, valid or not; the caller judges the time. */
export function findPeerKey(peer: Peer, kid: string): PeerKey | undefined {
  return peer.keys.find((key) => key.kid === kid && key.alg === "ed25519" && isHex32(key.pub));
}

export function publicBytes(key: PeerKey): Uint8Array {
  return fromHex(key.pub);
}

function isHex32(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
