/**
 * Bid: where it may go (model.md §3). Before the deadline the table runs on the party's own sealed acts,
 * after it on the postings of the opening. A withdrawn bid may be followed by a new one until the deadline.
 */
import { end, states } from "../../kernel/index.ts";

export const bidStates = states({
  none: { seal: "sealed" },
  sealed: {
    seal: "sealed",
    withdraw: "withdrawn",
    unseal: "opened",
    failUnseal: "invalid",
    revoke: "revoked",
    voidAsWithdrawn: "voided",
    return: "returned",
  },
  withdrawn: { seal: "sealed" },
  opened: end,
  invalid: end,
  revoked: end,
  voided: end,
  returned: end,
});
