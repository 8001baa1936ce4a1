import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { ExchangeClient } from "../exchange/index.ts";
import { seededRandom } from "../kernel/index.ts";
import { testDatabase } from "../runtime/database/test-database.ts";
import { joinDepositBank } from "./deposit-bank.ts";

test("however many see that accounts run low, one pool is ordered", async () => {
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
    await Promise.all(Array.from({ length: 6 }, () => bank.orderPools()));
    const { rows } = await database.pool.query("SELECT object, seq FROM exchange.outbox");
    assert.deepEqual(rows, [{ object: "pool/pool-1", seq: 1 }]);
  } finally {
    await database.drop();
  }
});
