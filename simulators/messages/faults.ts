/** The ugly cases of messages.md §8 as ready fault orders, by the id of the test case. */
import type { FaultOrder } from "../frame/fault-table.ts";

export const gatewayFaults = {
  /** MS03: the sending is taken, then the connection is cut; the platform repeats with the same id. */
  MS03: { kind: "timeoutAfterEffect", match: { type: "msg.send", direction: "in" }, skip: 0, count: 1, params: { ms: 0 } },
  /** MS13: a delivery report signed by another key. */
  MS13: { kind: "badSignature", match: { type: "msg.delivery", direction: "out" }, skip: 0, count: 1, params: { how: "otherKey" } },
} as const satisfies Record<string, FaultOrder>;
