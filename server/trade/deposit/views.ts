/**
 * The only file that knows this stage's tables: accounts and refunds as the cashier sees them, without
 * any lot; and, from the opening on, which account belongs to which lot.
 */
import type { Queryable, View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

export const accountView: View = {
  name: "deposit.accounts",
  tables: ["deposit.refund", "deposit.account"],
  on: {
    "dep.received": async (tx, { data }) => {
      await tx.query(
        `INSERT INTO deposit.account (account, received_fen, refunded_fen, last_value_at) VALUES ($1, $2, 0, $3)
         ON CONFLICT (account) DO UPDATE SET received_fen = deposit.account.received_fen + $2, last_value_at = $3`,
        [data.account, data.amountFen, data.valueAt],
      );
    },
    "dep.reversed": async (tx, { data }) => {
      await tx.query("UPDATE deposit.account SET received_fen = received_fen - $2 WHERE account = $1", [data.account, data.amountFen]);
    },
    "dep.releaseDue": async (tx, { data }) => {
      await tx.query(
        "INSERT INTO deposit.refund (order_id, account, principal_fen, interest_fen, cause, due_on, state) VALUES ($1, $2, $3, NULL, $4, $5, 'due')",
        [data.orderId, data.account, data.principalFen, data.cause, data.dueOn],
      );
    },
    "dep.releasePrepared": async (tx, { data }) => {
      await tx.query("UPDATE deposit.refund SET state = 'prepared', interest_fen = $2 WHERE order_id = $1", [
        data.orderId,
        data.interestFen,
      ]);
    },
    "dep.releaseOrdered": setState("ordered"),
    "dep.releaseApproved": setState("approved"),
    "dep.refunded": async (tx, event) => {
      await setState("refunded")(tx, event);
      await tx.query(
        "UPDATE deposit.account SET refunded_fen = refunded_fen + (SELECT principal_fen FROM deposit.refund WHERE order_id = $2) WHERE account = $1",
        [event.data.account, event.data.orderId],
      );
    },
    "dep.refundFailed": async (tx, { data }) => {
      await tx.query("UPDATE deposit.refund SET order_id = $2, state = 'due', interest_fen = NULL WHERE order_id = $1", [
        data.orderId,
        data.nextOrderId,
      ]);
    },
  },
};

function setState(state: string): View["on"][string] {
  return async (tx, { data }) => {
    await tx.query("UPDATE deposit.refund SET state = $2 WHERE order_id = $1", [data.orderId, state]);
  };
}

/** Filled at the opening, never before. */
export const joinedView: View = {
  name: "deposit.joined",
  tables: ["deposit.joined"],
  on: {
    "dep.judged": async (tx, { data }) => {
      if (data.account)
        await tx.query("INSERT INTO deposit.joined (account, lot_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", [data.account, data.lotId]);
    },
  },
};

export async function accountOfOrder(db: Queryable, orderId: string): Promise<string | undefined> {
  const { rows } = await (db as Transaction).query<{ account: string }>("SELECT account FROM deposit.refund WHERE order_id = $1", [
    orderId,
  ]);
  return rows[0]?.account;
}

/** Which lot an account belongs to; unknown before the opening. */
export async function lotOfAccount(db: Queryable, account: string): Promise<string | undefined> {
  const { rows } = await (db as Transaction).query<{ lot_id: string }>("SELECT lot_id FROM deposit.joined WHERE account = $1", [account]);
  return rows[0]?.lot_id;
}

export interface AccountRow {
  account: string;
  receivedFen: string;
  refundedFen: string;
  lastValueAt: string;
}

export async function listAccounts(db: Queryable): Promise<AccountRow[]> {
  const { rows } = await (db as Transaction).query("SELECT * FROM deposit.account ORDER BY last_value_at DESC, account LIMIT 500");
  return rows.map((row) => ({
    account: row.account,
    receivedFen: String(row.received_fen),
    refundedFen: String(row.refunded_fen),
    lastValueAt: row.last_value_at,
  }));
}

export interface RefundRow {
  orderId: string;
  account: string;
  principalFen: string;
  interestFen: string | null;
  cause: string;
  dueOn: string;
  state: string;
}

export async function listRefunds(db: Queryable): Promise<RefundRow[]> {
  const { rows } = await (db as Transaction).query("SELECT * FROM deposit.refund ORDER BY due_on, order_id LIMIT 500");
  return rows.map((row) => ({
    orderId: row.order_id,
    account: row.account,
    principalFen: String(row.principal_fen),
    interestFen: row.interest_fen === null ? null : String(row.interest_fen),
    cause: row.cause,
    dueOn: row.due_on,
    state: row.state,
  }));
}
