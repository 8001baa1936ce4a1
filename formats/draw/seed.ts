/**
 * The seed of a draw (draw-v1 §3.7): every contribution, the platform's β and the beacon in one HMAC
 * under the plan's hash. An absent part leaves a marker, so that absence cannot be confused with zeros.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, u8, utf8 } from "../bytes.ts";
import type { DrawMode } from "./plan.ts";

export type SeedParts = {
  planHash: Uint8Array;
  mode: DrawMode;
  /** s_i by contributor, undefined where the marker is empty. */
  contributions: readonly (Uint8Array | undefined)[];
  beta: Uint8Array | undefined;
  /** The 48 bytes of the round, mode 1 only. */
  beaconSignature: Uint8Array | undefined;
};

export function drawSeed({ planHash, mode, contributions, beta, beaconSignature }: SeedParts): Uint8Array<ArrayBuffer> {
  const parts = [
    utf8("draw/v1 seed\n"),
    u8(mode),
    ...contributions.map((s) => marked(s, 32)),
    marked(beta, 64),
    beaconSignature ?? new Uint8Array(48),
  ];
  return Uint8Array.from(hmac(sha256, planHash, concat(...parts)));
}

function marked(bytes: Uint8Array | undefined, length: number): Uint8Array {
  return bytes === undefined ? new Uint8Array(1 + length) : concat(u8(1), bytes);
}
