/**
 * `npm run chain:conformance -- --rpc URL [--rpc URL] [--key-file FILE] [--gas-price WEI]`: the contract's rules as real
 * transactions on a chain, as a table; without --rpc on an embedded test node. Non-zero when a rule is not kept.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createPublicClient, type Hex, http } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { startEmbeddedChain } from "../../server/evidence/index.ts";
import { type ConformanceRow, runConformance } from "./conformance.ts";

const { values } = parseArgs({
  options: {
    rpc: { type: "string", multiple: true, default: [] },
    "key-file": { type: "string" },
    "gas-price": { type: "string", default: "0" },
  },
});
const embedded = values.rpc.length === 0 ? await startEmbeddedChain({ chainId: 20260 }) : undefined;
const rpcUrls = embedded ? [embedded.rpcUrl] : values.rpc;
try {
  const chainId = await createPublicClient({ transport: http(rpcUrls[0]) }).getChainId();
  const keyFile = values["key-file"];
  const secret = keyFile === undefined ? generatePrivateKey() : (readFileSync(keyFile, "utf8").trim() as Hex);
  console.log(`chain ${chainId}${embedded ? " (embedded single test node)" : ""}, ${rpcUrls.length} endpoint(s)`);
  const rows = await runConformance({ rpcUrls, chainId, secret, gasPrice: BigInt(values["gas-price"]) }, printRow);
  const broken = rows.filter(({ ok }) => !ok).length;
  console.log(broken === 0 ? `all ${rows.length} rules are kept` : `${broken} of ${rows.length} rules are NOT kept`);
  process.exitCode = broken === 0 ? 0 : 1;
} finally {
  await embedded?.kill();
}

function printRow({ rule, expected, got, ok }: ConformanceRow): void {
  console.log(`${ok ? "kept  " : "BROKEN"}  ${rule.padEnd(64)}  ${got}${ok ? "" : ` (expected ${expected})`}`);
}
