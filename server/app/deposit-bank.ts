/**
 * The deposit stage's bank, joined to the protocol: virtual accounts from pools opened ahead of need,
 * refunds through the durable outbox, receipts held against the bank's own statement.
 */

import { hex } from "../../formats/bytes.ts";
import type { Envelope } from "../../formats/exchange/index.ts";
import { type BankFact, type BankPort, bankAdapter, type ExchangeClient, enqueue, matchReceipt } from "../exchange/index.ts";
import { instantText, type Random } from "../kernel/index.ts";
import { type Pool, type Transaction, transaction } from "../runtime/database/index.ts";
import type { DepositBank, PreparedRefund, RefundWish } from "../trade/deposit/index.ts";

export interface DepositBankParts {
  client: ExchangeClient;
  pool: Pool;
  random: Random;
  now: () => number;
}

const accountsPerPool = 200;
/** When fewer are free, the next pool is ordered. */
const lowWater = 60;
/** The bank finds the payer's bank by the receipt (原路退回); this code says so. */
const bankOfReceipt = "000000000000";

type Received = Extract<BankFact, { fact: "received" }>;

export function joinDepositBank({
  client,
  pool,
  random,
  now,
}: DepositBankParts): DepositBank & { port: BankPort; orderPools(): Promise<void> } {
  const port = bankAdapter(client);
  const send = (tx: Transaction, draft: Parameters<typeof enqueue>[1]) =>
    enqueue(tx, draft, { id: `msg-${hex(random.bytes(16))}`, at: instantText(now()) });
  return {
    port,
    async openVirtualAccount(tx) {
      const { rows } = await tx.query<{ account: string }>(
        `UPDATE exchange.bank_account SET taken = true WHERE account = (
           SELECT account FROM exchange.bank_account WHERE NOT taken ORDER BY md5(account || $1) LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING account`,
        [hex(random.bytes(8))],
      );
      return rows[0]?.account;
    },
    async prepareRefund(tx, wish) {
      const receipt = await receiptOf(tx, port, wish);
      return port.prepareTransfer({
        ...wish,
        purpose: "refund",
        toName: receipt.payerName,
        toAccount: receipt.payerAccount,
        toBankCode: bankOfReceipt,
      }) as PreparedRefund;
    },
    signedBytesOf: (prepared) => port.signedBytesOf(prepared),
    async orderRefund(tx, prepared, signed) {
      await send(tx, port.orderTransfer(prepared, signed));
    },
    async receiptInStatement(receipt) {
      const { rows } = await pool.query<{ main_account: string }>("SELECT main_account FROM exchange.bank_account WHERE account = $1", [
        receipt.account,
      ]);
      if (!rows[0]) return "provisional";
      return matchReceipt(receipt, (await port.statementSince(rows[0].main_account, 0)).entries);
    },
    async orderPools() {
      await transaction(pool, async (tx) => {
        // Two that see the same low water must not order the same pool: the second waits and then finds it ordered.
        await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('exchange/pools', 3))");
        const { rows } = await tx.query<{ free: string; ordered: string; parked: string; opened: string }>(
          `SELECT (SELECT count(*) FROM exchange.bank_account WHERE NOT taken) AS free,
                  (SELECT count(*) FROM exchange.outbox WHERE peer = 'sim-bank' AND object LIKE 'pool/%') AS ordered,
                  (SELECT count(*) FROM exchange.outbox WHERE peer = 'sim-bank' AND object LIKE 'pool/%' AND state = 'parked') AS parked,
                  (SELECT count(DISTINCT pool_id) FROM exchange.bank_account) AS opened`,
        );
        const [free, ordered, opened] = [Number(rows[0]?.free), Number(rows[0]?.ordered), Number(rows[0]?.opened)];
        // An order that the bank refused, perhaps because it did not know us yet, brings no accounts: another one may go.
        if (free >= lowWater || ordered - Number(rows[0]?.parked) > opened) return;
        await send(tx, port.openAccounts({ poolId: `pool-${ordered + 1}`, purpose: "deposit", count: accountsPerPool }));
      });
    },
  };
}

/** The receipt as the bank reported it: payer and account are personal fields, opened only when money goes back. */
async function receiptOf(tx: Transaction, port: BankPort, { fromAccount, ofBankRef }: RefundWish): Promise<Received> {
  const { rows } = await tx.query<{ message: string }>("SELECT message FROM exchange.inbox WHERE object = $1 ORDER BY seq", [
    `acc/${fromAccount}`,
  ]);
  for (const row of rows) {
    const fact = port.readFact(JSON.parse(row.message) as Envelope);
    if (fact?.fact === "received" && fact.bankRef === ofBankRef) return fact;
  }
  throw new Error(`there is no receipt ${ofBankRef} on ${fromAccount}`);
}
