import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { ExchangeClient } from "../exchange/index.ts";
import { seededRandom } from "../kernel/index.ts";
import type { Pool } from "../runtime/database/index.ts";
import { testDatabase } from "../runtime/database/test-database.ts";
import { joinDepositBank } from "./deposit-bank.ts";

async function withBank(run: (bank: ReturnType<typeof joinDepositBank>, pool: Pool) => Promise<void>): Promise<void> {
  const database = await testDatabase();
  try {
    const client = new ExchangeClient({
      system: "egret",
      key: { kid: "egret-1", secret: ed25519.utils.randomSecretKey() },
      fieldSecret: p256.utils.randomSecretKey(),
      peers: [],
      machineClock: { now: () => 0 },
      random: seededRandom(1),
    });
    const bank = joinDepositBank({ client, pool: database.pool, random: seededRandom(2), now: () => 0 });
    await run(bank, database.pool);
  } finally {
    await database.drop();
  }
}

test("however many see that accounts run low, one pool is ordered", () =>
  withBank(async (bank, pool) => {
    await Promise.all(Array.from({ length: 6 }, () => bank.orderPools()));
    const { rows } = await pool.query("SELECT object, seq FROM exchange.outbox");
    assert.deepEqual(rows, [{ object: "pool/pool-1", seq: 1 }]);
  }));

test("a bank that refused the order, because it did not know us yet, is asked for another pool", () =>
  withBank(async (bank, pool) => {
    await bank.orderPools();
    await pool.query("UPDATE exchange.outbox SET state = 'parked', last_reason = 'peer.not-allowed'");
    await bank.orderPools();
    await bank.orderPools();
    const { rows } = await pool.query("SELECT object, state FROM exchange.outbox ORDER BY object");
    assert.deepEqual(rows, [
      { object: "pool/pool-1", state: "parked" },
      { object: "pool/pool-2", state: "waiting" },
    ]);
  }));
