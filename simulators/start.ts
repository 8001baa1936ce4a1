/**
 * Starts everything outside the platform that a sandbox needs: bank, authority, expert pool, messages, wallet, and
 * the key keeper beside them, each as its own process with its own folder, keys and port. Whoever holds the result
 * is the sandbox driver: only it knows the control tokens. The platform gets peers and addresses, never a token
 * but the keeper's.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Peer } from "../formats/exchange/index.ts";
import { type Child, startChild } from "./child.ts";
import type { ClockPush } from "./frame/sandbox-clock.ts";

export interface StartOptions {
  /** Folder of the sandbox; each process gets one below it. */
  readonly home: string;
  /** Platform receipt key (hex33), for the key keeper; without it no keeper is started. */
  readonly receiptKey?: string;
  /** Business time from the first moment on. */
  readonly clock?: ClockPush;
  /** ≥ 1: ids, salts and made-up people come from it, and all books begin anew. */
  readonly seed?: number;
  /** How long certificates are valid, 90 days unless a story lasts longer (≤ 1095). */
  readonly certificateDays?: number;
  /** Key with which pool and draw service make join tags (expert-pool.md §2.3). */
  readonly joinKey?: { readonly id: string; readonly key: string };
  /** Whose pages may load keys from the wallet. */
  readonly portalOrigins?: readonly string[];
}

export type SimulatorName = "bank" | "ca" | "pool" | "messages";

export interface Simulators {
  readonly bank: string;
  readonly ca: string;
  readonly pool: string;
  readonly messages: string;
  readonly wallet: string;
  /** The seal office: the one door of it is the platform's. */
  readonly seals: { readonly url: string; readonly token: string };
  /** Undefined without `receiptKey`. */
  readonly keyKeeper: string | undefined;
  readonly keyKeeperToken: string | undefined;
  /** Public rows of all simulators, also in `home/peers.json`: the platform's peer file. */
  readonly peers: readonly Peer[];
  /** A control door of a simulator: with a body POST, else GET. @throws Error when it refuses. */
  control(name: SimulatorName, door: string, body?: unknown): Promise<unknown>;
  /** What people outside do. */
  drive(name: SimulatorName, act: string, args?: object): Promise<Record<string, unknown>>;
  /** A door of the wallet below `/wallet/`, with the driver's token. */
  walletDoor(path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Tells all of them who the platform is; only then messages flow to it. */
  registerPlatform(peer: Peer): Promise<void>;
  /** The sandbox clock moved; nobody runs back. */
  setClock(push: ClockPush): Promise<void>;
  stop(): Promise<void>;
}

type Ready = { readonly url: string; readonly peer: Peer };
const folders: Record<SimulatorName, string> = { bank: "bank", ca: "certificate-authority", pool: "expert-pool", messages: "messages" };
const names = Object.keys(folders) as SimulatorName[];

export async function startSimulators(options: StartOptions): Promise<Simulators> {
  const { home, receiptKey } = options;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const programOf = (folder: string) => new URL(`${folder}/main.ts`, import.meta.url).pathname;
  const children: Child<Ready>[] = [];
  const start = async (folder: string, program = programOf(folder), more: readonly string[] = []) => {
    const child = await startChild<Ready>(program, join(home, folder), more);
    children.push(child);
    return child.ready;
  };
  try {
    // All settle before anything else happens, so that a failure leaves nobody half-started behind.
    const started = await Promise.allSettled([
      ...names.map((name) => start(folders[name])),
      start("wallet"),
      start("seal-office"),
      // Part of the product, started by its path: it shares no code with the simulators.
      receiptKey
        ? start("key-keeper", new URL("../server/trade/bidding/key-keeper/main.ts", import.meta.url).pathname, [
            "--receipt-key",
            receiptKey,
            "--sandbox",
          ])
        : undefined,
    ]);
    const failed = started.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    const [bank, ca, pool, messages, wallet, seals, keeper] = started.map((one) => (one.status === "fulfilled" ? one.value : undefined));
    const running = runningFrom({ bank, ca, pool, messages, wallet, seals } as Record<SimulatorName | "wallet" | "seals", Ready>, keeper, {
      home,
      children,
    });
    await introduce(running, options);
    return running;
  } catch (error) {
    await Promise.all(children.map((child) => child.stop()));
    throw error;
  }
}

function runningFrom(
  ready: Record<SimulatorName | "wallet" | "seals", Ready>,
  keeper: Ready | undefined,
  about: { home: string; children: Child<Ready>[] },
): Simulators {
  const tokenOf = (folder: string) => readFileSync(join(about.home, folder, "token"), "utf8").trim();
  const keyKeeperToken = keeper ? tokenOf("key-keeper") : undefined;
  const control = (name: SimulatorName, door: string, body?: unknown) =>
    knock(`${ready[name].url}/sim/v1/${door}`, { "sim-token": tokenOf(folders[name]) }, body);
  const everywhere = (door: string, body: unknown) => Promise.all(names.map((name) => control(name, door, body)));
  return {
    bank: ready.bank.url,
    ca: ready.ca.url,
    pool: ready.pool.url,
    messages: ready.messages.url,
    wallet: ready.wallet.url,
    seals: { url: ready.seals.url, token: tokenOf("seal-office") },
    keyKeeper: keeper?.url,
    keyKeeperToken,
    peers: names.map((name) => ready[name].peer),
    control,
    drive: async (name, act, args = {}) => (await control(name, "drive", { act, ...args })) as Record<string, unknown>,
    walletDoor: async (path, body) =>
      (await knock(`${ready.wallet.url}/wallet/${path}`, { "sim-token": tokenOf("wallet") }, body)) as Record<string, unknown>,
    registerPlatform: async (peer) => void (await everywhere("peers", peer)),
    setClock: async (push) => {
      await everywhere("clock", push);
      if (keeper && keyKeeperToken) await knock(`${keeper.url}/clock`, { "keeper-token": keyKeeperToken }, push);
    },
    stop: async () => void (await Promise.all(about.children.map((child) => child.stop()))),
  };
}

/** Peers learn of one another, the seed and the time are told, and the authority is founded, before anybody acts. */
async function introduce(running: Simulators, options: StartOptions): Promise<void> {
  if (options.seed !== undefined) await Promise.all(names.map((name) => running.control(name, "reset", { seed: options.seed })));
  if (options.clock) await running.setClock(options.clock);
  if (options.certificateDays !== undefined) await running.drive("ca", "setValidityDays", { days: options.certificateDays });
  if (options.joinKey) await running.drive("pool", "joinKey", options.joinKey);
  const authority = running.peers.find(({ system }) => system === "sim-ca-a");
  const { peer } = (await running.walletDoor("settings", {
    authority,
    portalOrigins: options.portalOrigins ?? [],
    seed: options.seed,
  })) as { peer: Peer };
  await running.control("ca", "peers", { ...peer, asksOnly: true });
  writeFileSync(join(options.home, "peers.json"), `${JSON.stringify(running.peers, null, 1)}\n`, { mode: 0o600 });
  for (let attempt = 0; attempt < 200; attempt++) {
    // Chains are founded one after the other; the RSA one is the last.
    if ((await fetch(`${running.ca}/ca/sim-ca-a-rsa.cer`)).ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the simulated authority was not founded within 5 s");
}

async function knock(url: string, headers: Record<string, string>, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(15_000),
  });
  const value = (await answer.json()) as { error?: string };
  if (!answer.ok) throw new Error(`${new URL(url).pathname}: ${answer.status} ${JSON.stringify(value)}`);
  return value;
}
