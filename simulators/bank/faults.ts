/**
 * The ugly cases of bank.md §9 as ready fault orders, by the id of the test case. Tests and stories post them to
 * `POST /sim/v1/faults`.
 */
import type { FaultOrder } from "../frame/fault-table.ts";

export const bankFaults = {
  /** BK02: the same receipt 50 times in parallel. */
  BK02: { kind: "duplicate", match: { type: "bank.receipt", direction: "out" }, skip: 0, count: 1, params: { times: 50, gapMs: 0 } },
  /** BK03: the refund is executed, then the connection is cut without an answer. */
  BK03: { kind: "timeoutAfterEffect", match: { type: "bank.transfer", direction: "in" }, skip: 0, count: 1, params: { ms: 0 } },
  /** BK04: right signature, one fen too much. */
  BK04: {
    kind: "falseContent",
    match: { type: "bank.receipt", direction: "out" },
    skip: 0,
    count: 1,
    params: { pointer: "/body/amountFen", value: "+1" },
  },
  /** BK05: signed by a key that is not the bank's. */
  BK05: { kind: "badSignature", match: { type: "bank.receipt", direction: "out" }, skip: 0, count: 1, params: { how: "otherKey" } },
  /** BK08: the result overtakes the acknowledgement of the order. */
  BK08: { kind: "timeoutAfterEffect", match: { type: "bank.transfer", direction: "in" }, skip: 0, count: 1, params: { ms: 1_500 } },
  /** BK09: the statement file is cut at 60 %. */
  BK09: { kind: "partialFile", match: { door: "files", direction: "in" }, skip: 1, count: 1, params: { keep: 0.6 } },
} as const satisfies Record<string, FaultOrder>;
