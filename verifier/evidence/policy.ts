/**
 * The policy that the reader brings (evidence-v1 §5): who may sign for the log, who are its witnesses,
 * and how many of them must have spoken. It comes from outside the bundle, always.
 */
import { concat, fromBase64, hex, utf8 } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Value } from "../i-json.ts";
import { anyText, closed, hasRepetition, hexOf, integer, list, nullOr, oneOf, type Shape } from "../shapes.ts";
import { demand } from "./codes.ts";

export type Key = { name: string; id: string; publicKey: string };
export type AnchorPolicy = { chainId: number; contract: string; logId: string; required: boolean };
export type Policy = { origin: string; logKeys: Key[]; witnesses: Key[]; k: number; anchor: AnchorPolicy | null };

const isBoolean: Shape = (value) => typeof value === "boolean";

const shape = closed({
  v: oneOf(1),
  format: oneOf("evidence-policy/v1"),
  origin: anyText,
  logKeys: list(anyText, 1),
  witnesses: list(anyText, 1),
  k: integer(1),
  anchor: nullOr(closed({ chainId: integer(1), contract: hexOf(20), logId: hexOf(32), required: isBoolean })),
});

type Written = { origin: string; logKeys: string[]; witnesses: string[]; k: number; anchor: AnchorPolicy | null };

/** 1 to 128 characters 0x21 to 0x7E without `+` (§4). */
export function isName(text: string): boolean {
  return text.length >= 1 && text.length <= 128 && [...text].every((char) => char >= "!" && char <= "~" && char !== "+");
}

/** @throws Refused E_POLICY */
export function readPolicy(value: Value): Policy {
  demand(shape(value), "E_POLICY");
  const { origin, logKeys, witnesses, k, anchor } = value as unknown as Written;
  demand(isName(origin), "E_POLICY");
  const policy = {
    origin,
    logKeys: logKeys.map((text) => readKey(text, 1)),
    witnesses: witnesses.map((text) => readKey(text, 4)),
    k,
    anchor,
  };
  demand(
    policy.logKeys.every(({ name }) => name === origin),
    "E_POLICY",
  );
  demand(!hasRepetition(policy.witnesses.map(({ name }) => name)), "E_POLICY");
  const keys = policy.witnesses.map(({ publicKey }) => publicKey);
  demand(!hasRepetition(keys) && !policy.logKeys.some(({ publicKey }) => keys.includes(publicKey)), "E_POLICY");
  demand(k <= keys.length, "E_POLICY");
  demand(anchor === null || anchor.logId === hex(sha256(utf8(origin))), "E_POLICY");
  return policy;
}

/** vkey = `<name>+<hex4 key ID>+<b64(typeByte ‖ pk32)>` */
function readKey(text: string, type: number): Key {
  const first = text.indexOf("+");
  const second = text.indexOf("+", first + 1);
  demand(first > 0 && second === first + 9, "E_POLICY");
  const [name, id] = [text.slice(0, first), text.slice(first + 1, second)];
  const bytes = canonicalBase64(text.slice(second + 1));
  demand(isName(name) && bytes?.length === 33 && bytes[0] === type, "E_POLICY");
  const publicKey = bytes.subarray(1);
  demand(id === hex(sha256(concat(name, "\n", Uint8Array.of(type), publicKey))).slice(0, 8), "E_POLICY");
  return { name, id, publicKey: hex(publicKey) };
}

/** The bytes, or undefined when the text is not base64 in its canonical writing. */
export function canonicalBase64(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    return undefined;
  }
}
