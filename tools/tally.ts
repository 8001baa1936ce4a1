/** Counts of what passed and failed, and the plain closing line that every runner's output ends with. */

export type Tally = { readonly passed: number; readonly failed: number };

export const NOTHING: Tally = { passed: 0, failed: 0 };

export function add(one: Tally, other: Tally): Tally {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/** Prints the closing line, alone on the last line, and sets the exit code: a run in which nothing passed has failed. */
export function close({ passed, failed }: Tally): void {
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}
