/** Where a tile lies (evidence-v1 §6), written for the verifier alone. */

/** The path without its prefix: three digits at a time, all but the last group marked `x`. */
export function tilePathOf(level: number | "entries", index: number, width: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/.{3}/g) ?? [];
  const name = groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join("/");
  return `tile/${level}/${name}${width === 256 ? "" : `.p/${width}`}`;
}
