import assert from "node:assert/strict";
import { test } from "node:test";
import { generatePrivateKey } from "viem/accounts";
import { startEmbeddedChain } from "../../server/evidence/index.ts";
import { runConformance } from "./conformance.ts";

test("the contract keeps every rule on the embedded chain, by receipts", { timeout: 120_000 }, async () => {
  const chain = await startEmbeddedChain({ chainId: 20260 });
  try {
    const rows = await runConformance({ rpcUrls: [chain.rpcUrl], chainId: 20260, secret: generatePrivateKey() });
    assert.deepEqual(
      rows.filter(({ ok }) => !ok),
      [],
    );
    assert.equal(rows.length, 36);
  } finally {
    await chain.kill();
  }
});
