/**
 * Fillers (ADR 0032): blinded entries that hide nothing, so that nobody can tell by their number how many acts
 * there were. All of a filler follows from the key of its day: once the key is recorded, everybody recomputes
 * which entries of that day were fillers, and every other blinded one must have been an act.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, hex, u64 } from "../bytes.ts";

export interface FillerDay {
  /** `2026-11-23`, a day of trade time. */
  day: string;
  key: Uint8Array;
}

export interface Filler {
  salt: Uint8Array;
  /** As the record keeps it; its commitment is H(salt ‖ JCS(event)). */
  event: {
    v: 1;
    stream: string;
    version: 1;
    type: "sealed.event";
    at: string;
    actor: "sealed";
    membership: null;
    commandId: string;
    act: null;
    data: { filler: number };
  };
}

/** The n-th filler of a day, counted from 0. */
export function fillerOf({ day, key }: FillerDay, n: number): Filler {
  const stream = `b/${hex(drawn(key, "stream", n).subarray(0, 16))}`;
  const place = { v: 1, stream, version: 1, type: "sealed.event" } as const;
  // The day and not the moment: only what follows from day, key and number may stand in it.
  const cause = { at: `${day}T00:00:00.000Z`, actor: "sealed", membership: null, commandId: stream, act: null } as const;
  return { salt: drawn(key, "salt", n), event: { ...place, ...cause, data: { filler: n } } };
}

function drawn(key: Uint8Array, what: string, n: number): Uint8Array {
  return hmac(sha256, key, concat(`egret/v1 filler ${what}\n`, u64(n)));
}
