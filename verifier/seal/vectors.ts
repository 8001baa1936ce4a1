/**
 * Runs one case of a seal-v1 vector file (seal-v1 §11) through the verifier's own code and says what it got, in
 * the form of the vector's `expect`. Must never look at `expect`.
 */
import { concat, fromHex, hex, u64 } from "../../formats/bytes.ts";
import { type Algorithms, findAlgorithms, isSigned } from "./algorithms.ts";
import { bidDigestOf } from "./header.ts";
import { dleqHolds } from "./proofs.ts";
import type { Bid } from "./record.ts";
import { readRecoveryCode } from "./recovery.ts";
import { encryptBody, joinFiles, reseal } from "./reseal.ts";
import { verifyCeremony, verifyOpening } from "./verify.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a vector's input holds follows from its kind.
type Input = any;
interface Recipe {
  name: string;
  label: string;
  size: number;
}
interface BodyRecipe {
  dek: string;
  files: Recipe[];
  mutate: ({ op: "flip"; offset: number } | { op: "swap"; a: number; b: number } | { op: "truncate"; to: number })[];
}

const runners: Readonly<Record<string, (input: Input) => unknown>> = {
  aead({ suite, key, nonce, aad, plaintext }) {
    const box = { key: fromHex(key), nonce: fromHex(nonce), aad: fromHex(aad), data: fromHex(plaintext) };
    return { ok: true, ct: hex(algorithmsOf(suite).seal(box)) };
  },
  sign: ({ suite, key, message, sig }) => (isSigned(algorithmsOf(suite), key, fromHex(message), sig) ? { ok: true } : { error: "E_SIG" }),
  dleq({ suite, ctx, Y, R, ...partial }) {
    return dleqHolds(algorithmsOf(suite), { context: ctx, Y, R }, partial) ? { ok: true } : { error: "E_DLEQ" };
  },
  recovery({ suite, ctx, code }) {
    const kb = readRecoveryCode(algorithmsOf(suite), fromHex(ctx), code);
    return kb === undefined ? { error: "E_RECOVERY_CODE" } : { ok: true, kb };
  },
  seal({ files, ...input }) {
    const algorithms = algorithmsOf(input.suite);
    return { ok: true, ...reseal(algorithms, input, files.map(fileOf)) };
  },
  ceremony({ ceremony }) {
    const verdict = verifyCeremony(JSON.stringify(ceremony));
    return verdict.ok ? { ok: true, ceremonyHash: verdict.ceremonyHash } : { error: verdict.code };
  },
  opening({ opening, openingText, bodies }) {
    const ciphertexts = bodiesOf(opening?.bids ?? [], bodies ?? {});
    const verdict = verifyOpening(openingText ?? JSON.stringify(opening), (digest) => ciphertexts.get(digest));
    return verdict.ok ? verdict : { error: verdict.code };
  },
};

/** What the verifier makes of a case, or undefined for a kind it does not know. */
export function runSealVector(kind: string, input: unknown): unknown {
  return Object.hasOwn(runners, kind) ? runners[kind]?.(input) : undefined;
}

function algorithmsOf(suite: unknown): Algorithms {
  const algorithms = findAlgorithms(suite);
  if (algorithms === undefined) throw new RangeError(`a vector of suite ${suite}`);
  return algorithms;
}

/** The same few files stand in many cases. */
const made = new Map<string, Uint8Array>();

/** Bytes of SHA-256(label ‖ u64(k)) for k = 0, 1, … cut to size. */
function fileOf({ name, label, size }: Recipe): { name: string; bytes: Uint8Array } {
  const known = made.get(`${label}/${size}`);
  if (known !== undefined) return { name, bytes: known };
  const bytes = new Uint8Array(Math.ceil(size / 32) * 32);
  for (let k = 0; k * 32 < size; k++) bytes.set(algorithmsOf(1).hash(label, u64(k)), k * 32);
  made.set(`${label}/${size}`, bytes.subarray(0, size));
  return { name, bytes: bytes.subarray(0, size) };
}

function bodiesOf(bids: readonly Bid[], recipes: Readonly<Record<string, BodyRecipe>>): Map<string, Uint8Array> {
  return new Map(
    bids.flatMap((bid) => {
      const algorithms = algorithmsOf(bid.header.suite);
      const digest = bidDigestOf(algorithms, bid);
      const recipe = recipes[digest];
      return recipe === undefined ? [] : [[digest, bodyOf(algorithms, bid, recipe)] as const];
    }),
  );
}

function bodyOf(algorithms: Algorithms, { header }: Bid, { dek, files, mutate }: BodyRecipe): Uint8Array {
  let chunks = encryptBody(algorithms, header, fromHex(dek), joinFiles(algorithms, files.map(fileOf)));
  for (const change of mutate) {
    if (change.op === "swap") {
      chunks = chunks.map((chunk, i) => (i === change.a ? chunks[change.b] : i === change.b ? chunks[change.a] : chunk) ?? chunk);
    } else {
      const body = concat(...chunks);
      if (change.op === "flip") body[change.offset] = (body[change.offset] ?? 0) ^ 1;
      chunks = splitAgain(change.op === "truncate" ? body.subarray(0, change.to) : body, 1048576 + algorithms.tag);
    }
  }
  return concat(...chunks);
}

function splitAgain(body: Uint8Array, step: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(body.length / step) }, (_, i) => body.slice(i * step, (i + 1) * step));
}
