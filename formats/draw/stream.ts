/**
 * The stream of numbers that follows from a seed, and unbiased sampling from it (draw-v1 §4). Nothing
 * else may be used to draw: no modulo without rejection, no floats, no sorting by random keys.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, u64, utf8 } from "../bytes.ts";

/** The next u64 of a stream. */
export type NextNumber = () => bigint;

/** The stream of one stratum, order or coefficient: key(info) = HMAC(seed, info ‖ 0x01). */
export function drawStream(seed: Uint8Array, info: string): NextNumber {
  return streamOfKey(hmac(sha256, seed, concat(info, Uint8Array.of(1))));
}

/** Block b = HMAC(key, "gprt-draw-v1" ‖ u64(b)); four big-endian u64 each, from left to right. */
export function streamOfKey(key: Uint8Array): NextNumber {
  let block: DataView | undefined;
  let taken = 0;
  return () => {
    if (taken % 4 === 0) {
      const bytes = hmac(sha256, key, concat(utf8("gprt-draw-v1"), u64(taken / 4)));
      block = new DataView(bytes.buffer, bytes.byteOffset);
    }
    return (block as DataView).getBigUint64(8 * (taken++ % 4));
  };
}

/** A number in 0..n−1, every one equally likely: values of the incomplete last round are thrown away. */
export function uniform(next: NextNumber, n: bigint): bigint {
  const limit = 2n ** 64n - (2n ** 64n % n);
  let value = next();
  while (value >= limit) value = next();
  return value % n;
}

/** Fisher-Yates from the end; the given list stays as it is. */
export function shuffle<T>(list: readonly T[], next: NextNumber): T[] {
  const items = [...list];
  for (let i = items.length - 1; i > 0; i--) {
    const j = Number(uniform(next, BigInt(i + 1)));
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}
