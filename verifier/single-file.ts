/** One file instead of a package: what it is follows from its own `format`, the proof is the same. */
import { verifyDraw } from "./draw/index.ts";
import { readIJson } from "./i-json.ts";
import { verifyCeremony, verifyOpening, verifyReceipt } from "./seal/index.ts";
import { isObject } from "./shapes.ts";

export type FileVerdict = { ok: true; format: string; facts: object } | { ok: false; code: string; why: string };

type Proof = (bytes: Uint8Array) => { ok: true } | { ok: false; code: string };

/** What carries its own keys, and its name in a sentence. */
const proofs: ReadonlyMap<unknown, { noun: string; prove: Proof }> = new Map([
  ["draw-record/v1", { noun: "draw", prove: verifyDraw as Proof }],
  ["seal-opening/v1", { noun: "opening", prove: verifyOpening as Proof }],
  ["seal-ceremony/v1", { noun: "ceremony", prove: verifyCeremony as Proof }],
]);

/** @param trustedKeys platform keys from elsewhere: a receipt is proven by them, all else carries its own. */
export function verifyFile(bytes: Uint8Array, trustedKeys?: readonly string[]): FileVerdict {
  const value = readIJson(bytes);
  if (value === undefined) return { ok: false, code: "E_JSON", why: "not I-JSON text" };
  const format = isObject(value) ? value.format : undefined;
  if (format === "seal-receipt/v1") {
    if (trustedKeys === undefined) throw new Error("a receipt needs --trust FILE with the platform's key from another source");
    return verdictOf({ noun: "receipt", format, prove: (text) => verifyReceipt(text, trustedKeys) }, bytes);
  }
  if (trustedKeys !== undefined) throw new Error("--trust belongs to a package or a receipt: this file is not signed by the platform");
  // Believing a bundle by what stands in it would prove nothing (evidence-v1 §10).
  if (format === "evidence-bundle/v1") throw new Error("an evidence bundle needs --policy FILE from another source");
  const known = proofs.get(format);
  if (known === undefined) return { ok: false, code: "E_FORMAT", why: "no format that this verifier knows" };
  return verdictOf({ ...known, format: String(format) }, bytes);
}

function verdictOf({ noun, format, prove }: { noun: string; format: string; prove: Proof }, bytes: Uint8Array): FileVerdict {
  const verdict = prove(bytes);
  return verdict.ok ? { ok: true, format, facts: verdict } : { ok: false, code: verdict.code, why: `the ${noun} does not verify` };
}
