/**
 * The trust file: which platform keys the reader believes in, from a source outside the package. Either
 * `{"format":"egret-trust/v1","platformKeys":[hex33…]}`, or the plain keys, one a line.
 */
import { readIJson, type Value } from "./i-json.ts";
import { closed, hexOf, list, oneOf } from "./shapes.ts";

const shape = closed({ format: oneOf("egret-trust/v1"), platformKeys: list(hexOf(33), 1) });

/** The keys, or undefined when the text is no trust file. */
export function readTrust(text: string): string[] | undefined {
  const value: Value | undefined = readIJson(text);
  if (value !== undefined && shape(value)) return (value as { platformKeys: string[] }).platformKeys;
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim());
  return lines.length > 0 && lines.every(hexOf(33)) ? lines : undefined;
}
