/** One file instead of a package: what it is follows from its own `format`, the proof is the same. */
import { verifyDraw } from "./draw/index.ts";
import { readIJson } from "./i-json.ts";
import { verifyCeremony, verifyOpening } from "./seal/index.ts";
import { isObject } from "./shapes.ts";

export type FileVerdict = { ok: true; format: string; facts: object } | { ok: false; code: string; why: string };

export function verifyFile(bytes: Uint8Array): FileVerdict {
  const value = readIJson(bytes);
  if (value === undefined) return { ok: false, code: "E_JSON", why: "not I-JSON text" };
  const format = isObject(value) ? value.format : undefined;
  if (format === "draw-record/v1") {
    const verdict = verifyDraw(bytes);
    return verdict.ok ? { ok: true, format, facts: verdict } : { ...verdict, why: "the draw does not verify" };
  }
  if (format === "seal-opening/v1") {
    const verdict = verifyOpening(bytes);
    return verdict.ok ? { ok: true, format, facts: verdict } : { ...verdict, why: "the opening does not verify" };
  }
  if (format === "seal-ceremony/v1") {
    const verdict = verifyCeremony(bytes);
    return verdict.ok ? { ok: true, format, facts: verdict } : { ...verdict, why: "the ceremony does not verify" };
  }
  // Believing a bundle by what stands in it would prove nothing (evidence-v1 §10).
  if (format === "evidence-bundle/v1") throw new Error("an evidence bundle needs --policy FILE from another source");
  return { ok: false, code: "E_FORMAT", why: "no format that this verifier knows" };
}
