/** A planted breach: never run. */
export const rule = (lot: { kind: string }) => lot.kind === "construction";
export function by(kind: string): number {
  switch (kind) {
    default:
      return 1;
  }
}
