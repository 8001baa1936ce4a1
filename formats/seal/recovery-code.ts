/**
 * The printed recovery code of Kb (seal-v1 §5): what a bidder types at the opening when its key is lost.
 * It is the key itself, so it never enters a log, a database or the network before the freeze.
 */
import { concat, equalBytes, utf8 } from "../bytes.ts";
import type { Bytes, Suite } from "./group.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS = 56;

/** `SB1-` and 8 groups of 7 Crockford symbols. `context` is ctx of the header. */
export function recoveryCode(suite: Suite, context: Uint8Array, kb: Uint8Array): string {
  let bits = concat(kb, checksum(suite, context, kb)).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let symbols = "";
  for (let i = 0; i < SYMBOLS; i++) {
    symbols = ALPHABET[Number(bits & 31n)] + symbols;
    bits >>= 5n;
  }
  return `SB1-${symbols.match(/.{7}/g)!.join("-")}`;
}

/** Kb from what a person typed; undefined (E_RECOVERY_CODE) when it is not the code of this bid. */
export function readRecoveryCode(suite: Suite, context: Uint8Array, typed: string): Bytes | undefined {
  // Only ASCII: other scripts have letters whose capital is I or S.
  if (!/^[\x20-\x7e]*$/.test(typed)) return undefined;
  const symbols = typed.toUpperCase().replace(/[ -]/g, "").replace(/^SB1/, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  if (symbols.length !== SYMBOLS || [...symbols].some((symbol) => !ALPHABET.includes(symbol))) return undefined;
  let bits = [...symbols].reduce((value, symbol) => (value << 5n) | BigInt(ALPHABET.indexOf(symbol)), 0n);
  const bytes = new Uint8Array(35);
  for (let i = 34; i >= 0; i--) {
    bytes[i] = Number(bits & 255n);
    bits >>= 8n;
  }
  const kb = bytes.slice(0, 32);
  return equalBytes(checksum(suite, context, kb), bytes.subarray(32)) ? kb : undefined;
}

function checksum(suite: Suite, context: Uint8Array, kb: Uint8Array): Uint8Array {
  return suite.hash(utf8("seal/v1 recovery\n"), context, kb).subarray(0, 3);
}
