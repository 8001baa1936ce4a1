/**
 * Runs one case of a draw-v1 vector file (draw-v1 §8) through the verifier's own code and says what it
 * got, in the form of the vector's `expect`. Must never look at `expect`.
 */
import { fromHex } from "../../formats/bytes.ts";
import { beaconHolds } from "./beacon.ts";
import { vrfOutput } from "./ed25519.ts";
import { numbers, shuffled, streamKey, uniformOf } from "./outcome.ts";
import { verifyDraw } from "./verify.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a vector's input holds follows from its kind.
type Input = any;

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  shuffle: ({ seed, info, n }) => {
    const key = info === null ? fromHex(seed) : streamKey(fromHex(seed), info);
    return { ok: true, order: shuffled([...Array(n).keys()], numbers(key)) };
  },
  uniform: ({ key, n, count }) => {
    const source = numbers(fromHex(key));
    return { ok: true, values: Array.from({ length: count }, () => String(uniformOf(source, BigInt(n)))) };
  },
  uniformStream: ({ n, values }) => {
    let consumed = 0;
    const source = (values as string[]).map(BigInt).values();
    const counted = {
      next: () => {
        consumed++;
        return source.next();
      },
    };
    const result = String(uniformOf(counted, BigInt(n)));
    return { ok: true, result, consumed };
  },
  vrf: ({ pk, alpha, pi }) => {
    const beta = vrfOutput(pk, fromHex(alpha), pi);
    return beta === undefined ? { error: "E_VRF" } : { ok: true, beta };
  },
  beacon: ({ round, signature }) => (beaconHolds(round, signature) ? { ok: true } : { error: "E_BEACON" }),
  record: ({ record, recordText }) => {
    const verdict = verifyDraw(recordText ?? JSON.stringify(record));
    return verdict.ok ? verdict : { error: verdict.code };
  },
};

/** What the verifier makes of a case, or undefined for a kind it does not know. */
export function runDrawVector(kind: string, input: unknown): unknown {
  return Object.hasOwn(runners, kind) ? runners[kind]?.(input) : undefined;
}
