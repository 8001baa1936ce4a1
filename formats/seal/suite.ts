/**
 * The two suites by their ids. A lot never mixes suites; ids other than 1 and 2 do not exist (seal-v1 §1).
 */
import type { Suite, SuiteId } from "./group.ts";
import { internationalSuite } from "./suite-1.ts";
import { nationalSuite } from "./suite-2.ts";

const SUITES: Record<SuiteId, Suite> = { 1: internationalSuite, 2: nationalSuite };
/** @throws RangeError for a suite that does not exist; callers check foreign input before. */
export function suiteOf(id: number): Suite {
  const suite = findSuite(id);
  if (suite === undefined) throw new RangeError(`no such suite: ${id}`);
  return suite;
}

export function findSuite(id: unknown): Suite | undefined {
  return id === 1 || id === 2 ? SUITES[id] : undefined;
}
