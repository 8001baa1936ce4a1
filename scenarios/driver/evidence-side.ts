/**
 * Who stands beside the log in a sandbox: four witnesses, each a process with its own folder, key and
 * policy, and the embedded chain. The platform learns their keys and addresses; only the driver can end them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { verifierKeyText } from "../../formats/evidence/index.ts";
import { type EvidenceWish, logOriginOf } from "../../server/app/join-evidence.ts";
import { type EmbeddedChain, LogKeys, startEmbeddedChain } from "../../server/evidence/index.ts";
import type { Random } from "../../server/kernel/index.ts";
import { type SandboxWitnesses, startSandboxWitnesses } from "../../witness/start-sandbox.ts";

/** Trading centre, supervision bureau, certificate authority, notary: 3 of these 4 (decisions §7). */
export const witnessNames = ["centre.localhost/w1", "supervision.localhost/w2", "authority.localhost/w3", "notary.localhost/w4"];
const witnessesNeeded = 3;
const chainId = 20_260;

type Push = Parameters<SandboxWitnesses["setClock"]>[0];

export interface EvidenceSideWish {
  /** `keys`, `witnesses` and `chain.json` are made below it. */
  home: string;
  random: Random;
  clock: Push;
  /** What differs from the usual: pace, limits, time between heads. */
  wish?: Partial<EvidenceWish>;
}

export interface EvidenceSide {
  /** What the platform is opened with. */
  wish: EvidenceWish;
  witnesses: SandboxWitnesses;
  chain: EmbeddedChain;
  /** A test node in the chain's place that knows nothing of what was. */
  startChainAnew(): Promise<EmbeddedChain>;
  /** The sandbox clock moved. */
  setClock(push: Push): Promise<void>;
  stop(): Promise<void>;
}

export async function startEvidenceSide({ home, random, clock, ...more }: EvidenceSideWish): Promise<EvidenceSide> {
  const keyFolder = join(home, "keys");
  const log = await LogKeys.open(keyFolder, logOriginOf(undefined), random);
  const below = join(home, "witnesses");
  mkdirSync(below, { recursive: true, mode: 0o700 });
  const seconds = Math.floor(Date.parse(clock.anchorVirtual) / 1000);
  const started = await Promise.allSettled([
    startSandboxWitnesses({
      home: below,
      names: witnessNames,
      k: witnessesNeeded,
      logKey: log.verifierKey,
      random: (n) => random.bytes(n),
    }),
    startEmbeddedChain({ chainId, stateFile: join(home, "chain.json"), timestamp: seconds }),
  ]);
  const [witnesses, chain] = started.map((one) => (one.status === "fulfilled" ? one.value : undefined)) as [
    SandboxWitnesses | undefined,
    EmbeddedChain | undefined,
  ];
  const startChainAnew = () => startEmbeddedChain({ chainId, port: Number(new URL(chain?.rpcUrl ?? "").port), timestamp: seconds });
  const stop = async () => void (await Promise.all([witnesses?.stop(), chain?.stop()]));
  if (!witnesses || !chain) {
    await stop();
    throw started.find((one) => one.status === "rejected")?.reason;
  }
  await witnesses.setClock(clock);
  const wish: EvidenceWish = {
    origin: log.origin,
    keyFolder,
    witnesses: { addresses: witnesses.addresses, k: witnessesNeeded },
    chain: { chainId, rpcUrls: [chain.rpcUrl], isEmbedded: true },
    ...more.wish,
  };
  writeAddresses(home, wish);
  return { wish, witnesses, chain, startChainAnew, setClock: (push) => witnesses.setClock(push), stop };
}

/** Who witnesses and where heads are anchored: public data, written anew at each start because ports change. */
function writeAddresses(home: string, { witnesses, chain }: EvidenceWish): void {
  const rows = witnesses?.addresses.map(({ key, url }) => ({ key: verifierKeyText(key), url }));
  writeFileSync(join(home, "witnesses.json"), JSON.stringify({ k: witnesses?.k, witnesses: rows }));
  writeFileSync(join(home, "chain-access.json"), JSON.stringify(chain));
}
