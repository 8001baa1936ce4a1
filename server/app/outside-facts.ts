/** What outside systems report, as facts in our words, applied to the trade under the system actor, each once. */
import type { Envelope } from "../../formats/exchange/index.ts";
import type { BankFact } from "../exchange/index.ts";
import { parseInstant } from "../kernel/index.ts";
import type { Pool } from "../runtime/database/index.ts";
import { recordReceipt, recordRefundResult, recordReversal } from "../trade/deposit/index.ts";
import type { joinDepositBank } from "./deposit-bank.ts";
import type { TradingHouse } from "./house.ts";

export interface Outsiders {
  bank: ReturnType<typeof joinDepositBank>;
  pool: Pool;
}

export interface Waiting {
  sender: string;
  envelope: Envelope;
  receivedAt: string;
}

export async function applyFact(house: TradingHouse, { envelope, receivedAt }: Waiting, { bank, pool }: Outsiders): Promise<void> {
  const now = parseInstant(receivedAt);
  const fact = bank.port.readFact(envelope);
  if (fact) await applyBankFact(house, fact, { pool, now });
}

async function applyBankFact(house: TradingHouse, fact: BankFact, { pool, now }: { pool: Pool; now: number }): Promise<void> {
  switch (fact.fact) {
    case "poolOpened":
      await pool.query(
        "INSERT INTO exchange.bank_account (account, main_account, pool_id) SELECT account, $2, $3 FROM unnest($1::text[]) AS account ON CONFLICT DO NOTHING",
        [fact.accounts, fact.mainAccount, fact.poolId],
      );
      return;
    case "received":
      await recordReceipt(house.parts, fact, now);
      return;
    case "reversed":
      await recordReversal(house.parts, fact, now);
      return;
    case "transferJudged":
      await recordRefundResult(house.parts, fact, now);
      return;
    default:
      // Interest, freezes and cancellations stand in the bank's statement; nothing in the trade follows from them yet.
      return;
  }
}
