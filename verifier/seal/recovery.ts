/** Reading of a recovery code (seal-v1 §5). */
import { equalBytes, fromHex, hex } from "../../formats/bytes.ts";
import type { Algorithms } from "./algorithms.ts";

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The 56 symbols of a Kb in groups of 7 behind `SB1`. */
export function writeRecoveryCode(algorithms: Algorithms, context: Uint8Array, kb: string): string {
  const bits = [...fromHex(kb), ...checkBytes(algorithms, context, kb)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const written = (bits.match(/.{5}/g) ?? []).map((five) => symbols[Number.parseInt(five, 2)]).join("");
  return ["SB1", ...(written.match(/.{7}/g) ?? [])].join("-");
}

/** Kb (hex), or undefined: E_RECOVERY_CODE. */
export function readRecoveryCode(algorithms: Algorithms, context: Uint8Array, typed: string): string | undefined {
  // Letters of other scripts whose capital happens to be ASCII are "anything else".
  if ([...typed].some((character) => character > "~")) return undefined;
  const bare = typed.toUpperCase().replaceAll(" ", "").replaceAll("-", "");
  const read = (bare.startsWith("SB1") ? bare.slice(3) : bare).replaceAll("I", "1").replaceAll("L", "1").replaceAll("O", "0");
  if (!/^[0-9A-HJKMNP-TV-Z]{56}$/.test(read)) return undefined;
  const bits = [...read].map((symbol) => symbols.indexOf(symbol).toString(2).padStart(5, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
  const kb = hex(bytes.subarray(0, 32));
  return equalBytes(checkBytes(algorithms, context, kb), bytes.subarray(32)) ? kb : undefined;
}

function checkBytes(algorithms: Algorithms, context: Uint8Array, kb: string): Uint8Array {
  return algorithms.hash("seal/v1 recovery\n", context, fromHex(kb)).slice(0, 3);
}
