/** The ugly cases of expert-pool.md §8 as ready fault orders, by the id of the test case. */
import type { FaultOrder } from "../frame/fault-table.ts";

export const poolFaults = {
  /** EP05: one entry more claimed than the list has. */
  EP05: {
    kind: "falseContent",
    match: { type: "pool.candidates", direction: "out" },
    skip: 0,
    count: 1,
    params: { pointer: "/body/count", value: 1 },
  },
  /** EP09: answers overtake one another, and come twice. */
  EP09reorder: { kind: "reorder", match: { type: "pool.answer", direction: "out" }, skip: 0, count: 1, params: { window: 3 } },
  EP09duplicate: {
    kind: "duplicate",
    match: { type: "pool.answer", direction: "out" },
    skip: 0,
    count: 5,
    params: { times: 2, gapMs: 10 },
  },
} as const satisfies Record<string, FaultOrder>;
