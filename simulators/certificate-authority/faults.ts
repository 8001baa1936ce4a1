/** The ugly cases of certificate-authority.md §9 as ready fault orders, by the id of the test case. */
import type { FaultOrder } from "../frame/fault-table.ts";

export const authorityFaults = {
  /** CA15: the enrolment is taken, then the connection is cut. */
  CA15: { kind: "timeoutAfterEffect", match: { type: "ca.enrol", direction: "in" }, skip: 0, count: 1, params: { ms: 0 } },
} as const satisfies Record<string, FaultOrder>;
