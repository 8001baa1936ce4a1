/** What outside systems report, as facts in our words, applied to the trade under the system actor, each once. */
import type { Envelope } from "../../formats/exchange/index.ts";
import type { BankFact } from "../exchange/index.ts";
import { parseInstant } from "../kernel/index.ts";
import type { Pool } from "../runtime/database/index.ts";
import { takePoolFact } from "../trade/committee/index.ts";
import { recordReceipt, recordRefundResult, recordReversal } from "../trade/deposit/index.ts";
import type { joinExpertPool } from "./committee-pool.ts";
import type { joinDepositBank } from "./deposit-bank.ts";
import type { TradingHouse } from "./house.ts";
import { committeePorts } from "./stages.ts";

export interface Outsiders {
  bank: ReturnType<typeof joinDepositBank>;
  experts: ReturnType<typeof joinExpertPool>;
  pool: Pool;
  statusChanged: () => void;
}

export interface Waiting {
  sender: string;
  envelope: Envelope;
  receivedAt: string;
}

export async function applyFact(
  house: TradingHouse,
  { sender, envelope, receivedAt }: Waiting,
  { bank, experts, pool, statusChanged }: Outsiders,
): Promise<void> {
  const now = parseInstant(receivedAt);
  // The push is only a hint; the list stays the truth (certificate-authority.md §2).
  if (envelope.type === "ca.statusChanged") statusChanged();
  const money = bank.port.readFact(envelope);
  if (money) await applyBankFact(house, money, { pool, now });
  const call = experts.readFact(envelope);
  if (call) await takePoolFact(house.parts, committeePorts(experts), { fact: call, messageId: `${sender}/${envelope.id}`, now });
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
