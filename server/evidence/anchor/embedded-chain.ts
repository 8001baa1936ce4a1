/**
 * The embedded chain: anvil as a child process on loopback, without accounts. It is a single test
 * node and proves nothing by itself: "single-node test chain; evidence rests on the witnesses"
 * (evidence-v1 §10). Must never listen beyond loopback: its
 * node obeys whoever reaches it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { createPublicClient, http } from "viem";

/** What every screen says of it. */
export const embeddedChainLabel = {
  zh: "单节点测试链；防篡改的证据来自见证方",
  en: "single-node test chain; evidence rests on the witnesses",
};

export interface EmbeddedChain {
  rpcUrl: string;
  /** Ends it by SIGINT, so that anvil writes its state. */
  stop(): Promise<void>;
  /** For tests that pull the plug. */
  kill(): Promise<void>;
}

export interface EmbeddedChainWish {
  /** Where the chain's state is kept; without it the chain forgets. */
  stateFile?: string;
  chainId: number;
  /** Any free port without it; a node that comes back stands where it stood. */
  port?: number;
  /** POSIX second of the first block: trade time of a sandbox. */
  timestamp?: number;
}

const startMsMax = 20_000;

/** anvil knows no life line: a shell ends it when our end of the pipe closes, also by kill -9. */
const lifeLine =
  'exec 3<&0; "$@" </dev/null >/dev/null & node=$!; echo $node; (cat <&3 >/dev/null; kill -INT $node 2>/dev/null) & wait $node';

export async function startEmbeddedChain({ stateFile, chainId, timestamp, ...wish }: EmbeddedChainWish): Promise<EmbeddedChain> {
  const port = wish.port ?? (await freePort());
  // No coin and no account: an act costs nothing, and whoever signs it brings a key of its own.
  const money = ["--accounts", "0", "--gas-price", "0", "--block-base-fee-per-gas", "0"];
  const words = ["--host", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId), ...money, "--silent", "--hardfork", "paris"];
  if (stateFile !== undefined) words.push("--state", stateFile, "--state-interval", "5");
  if (timestamp !== undefined) words.push("--timestamp", String(timestamp));
  const child = spawn("sh", ["-c", lifeLine, "sh", anvilPath(), ...words], { stdio: ["pipe", "pipe", "ignore"] });
  const node = Number(String((await once(child.stdout, "data"))[0]));
  child.once("exit", () => child.stdin.destroy());
  const rpcUrl = `http://127.0.0.1:${port}`;
  await answering(child, rpcUrl, chainId);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    process.kill(node, signal);
    await gone;
  };
  return { rpcUrl, stop: () => end("SIGINT"), kill: () => end("SIGKILL") };
}

function anvilPath(): string {
  const manifest = createRequire(import.meta.url).resolve("@foundry-rs/anvil-linux-amd64/package.json");
  return join(dirname(manifest), "bin/anvil");
}

async function answering(child: ChildProcess, rpcUrl: string, chainId: number): Promise<void> {
  const client = createPublicClient({ transport: http(rpcUrl, { retryCount: 0 }) });
  for (let waited = 0; waited < startMsMax; waited += 50) {
    if (child.exitCode !== null) throw new Error(`the embedded chain ended with ${child.exitCode}`);
    if ((await client.getChainId().catch(() => undefined)) === chainId) return;
    await rest(50);
  }
  child.stdin?.destroy();
  throw new Error("the embedded chain does not answer");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port on loopback");
  return address.port;
}
