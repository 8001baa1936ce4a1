/** Deposits: the firm reads its own, the cashier accounts without lots, the room after the opening whether somebody paid. */
import { queryOptions } from "@tanstack/react-query";
import { find } from "./client.ts";
import { findOfLot } from "./lot-reads.ts";

/** `GET /lots/:lotId/deposit`: a bidder's own. */
export type OwnDeposit = {
  readonly requiredFen: string;
  readonly forms: readonly string[];
  readonly validityEndOn: string;
  readonly account: string | null;
  readonly receipts: readonly {
    readonly amountFen: string;
    readonly valueAt: string;
    readonly payerAccountKind: string;
    readonly reversed: boolean;
  }[];
  readonly refunds: readonly {
    readonly principalFen: string;
    readonly interestFen: string | null;
    readonly state: string;
    readonly dueOn: string;
  }[];
  readonly guarantees: readonly {
    readonly id: string;
    readonly state: string;
    readonly form: string;
    readonly fen: string;
    readonly untilOn: string;
  }[];
  readonly judged: { readonly form: string; readonly paidFen: string; readonly inTime: boolean; readonly state: string } | null;
};

/** The own deposit; null for those who have none to see. */
export const ownDepositQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["own-deposit", lotId],
    queryFn: async (context) => (await findOfLot<OwnDeposit>(context, lotId, "deposit")) ?? null,
    refetchInterval: 10_000,
  });

/** A refund order with the bytes that maker and checker sign. */
export type Refund = {
  readonly orderId: string;
  readonly account: string;
  readonly principalFen: string;
  readonly interestFen: string | null;
  readonly cause: string;
  readonly dueOn: string;
  readonly state: string;
  readonly bytesToSign: string | null;
  readonly maker: string | null;
};

/** Refund orders for cashier and accountant. */
export const refundsQuery = queryOptions({
  queryKey: ["refunds"],
  queryFn: async ({ signal }) => (await find<{ items: readonly Refund[] }>("/deposits/refunds", signal))?.items ?? [],
  refetchInterval: 10_000,
});

/** Accounts with their money. */
export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async ({ signal }) =>
    (
      await find<{ items: readonly { account: string; receivedFen: string; refundedFen: string; lastValueAt: string }[] }>(
        "/deposits",
        signal,
      )
    )?.items ?? [],
  refetchInterval: 10_000,
});

/** Who paid, from the opening on. */
export const lotDepositsQuery = (lotId: string) =>
  queryOptions({
    queryKey: ["lot-deposits", lotId],
    queryFn: async (context) =>
      (
        await findOfLot<{
          items: readonly {
            partyId: string;
            name: string;
            form: string;
            requiredFen: string;
            inTime: boolean;
            state: string;
            dueOn: string | null;
          }[];
        }>(context, lotId, "deposits")
      )?.items ?? [],
  });
