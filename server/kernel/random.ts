/**
 * Chance as it is handed to decisions. Real chance comes from `server/runtime`; stories run on a seed
 * so that ids, secrets and winners are golden (decisions §4). A seeded source must never serve a
 * production process.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, u64, utf8 } from "../../formats/bytes.ts";

export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export type SeededRandom = Random & {
  /** An independent stream of the same seed. */
  fork(label: string): SeededRandom;
};

/**
 * Bytes of HMAC-SHA256(seed, label ‖ u64 counter), one stream per label: sources with different labels
 * never disturb one another, so a new consumer does not change older golden results.
 */
export function seededRandom(seed: string | number, label = ""): SeededRandom {
  const key = utf8(`egret/story seed\n${seed}`);
  let counter = 0;
  let pool: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  return {
    bytes(length) {
      while (pool.length < length) pool = concat(pool, hmac(sha256, key, concat(label, "\n", u64(counter++))));
      const taken = pool.slice(0, length);
      pool = pool.slice(length);
      return taken;
    },
    fork: (name) => seededRandom(seed, `${label}/${name}`),
  };
}

/** A whole number in [0, bound), without bias. @throws RangeError unless 1 ≤ bound ≤ 2^48. */
export function randomBelow(random: Random, bound: number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 48) throw new RangeError(`no such bound: ${bound}`);
  const limit = 2 ** 48 - (2 ** 48 % bound);
  for (;;) {
    const value = random.bytes(6).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < limit) return value % bound;
  }
}
