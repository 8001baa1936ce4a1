/**
 * The evidence log joined to a platform: where its key, its tiles, its witnesses and its chain are. Each
 * part may be left out, and is then called "not configured" everywhere. It has connections of its own, so
 * that no act ever waits for one that the log holds.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Hex } from "viem";
import { hex } from "../../formats/bytes.ts";
import { readVerifierKey } from "../../formats/evidence/index.ts";
import {
  AnchorContract,
  Evidence,
  FillerBook,
  type PaceProfile,
  paceAt,
  type StandingLimits,
  type WitnessAddress,
  writeDurable,
} from "../evidence/index.ts";
import type { Clock } from "../kernel/index.ts";
import type { Numberer, Views } from "../record/index.ts";
import { machineClock, machineRandom } from "../runtime/clock/clock.ts";
import { HouseError, type Pool } from "../runtime/database/index.ts";

/** Public data of the witnesses, as their operators gave them; the platform holds none of their secrets. */
export interface WitnessesWish {
  addresses: readonly WitnessAddress[];
  k: number;
}

export interface ChainWish {
  chainId: number;
  /** Of two or more organisations on a consortium chain. */
  rpcUrls: readonly string[];
  /** 0x…; left out on an embedded chain, where we make it. */
  contract?: `0x${string}`;
  /** A single test node beside us: said so wherever an anchor is shown. */
  isEmbedded: boolean;
  /** Machine milliseconds between two anchors. */
  everyMs?: number;
}

export interface EvidenceWish {
  /** Name of the log in notes and policies. */
  origin: string;
  keyFolder: string;
  witnesses?: WitnessesWish;
  chain?: ChainWish;
  batchMs?: number;
  limits?: StandingLimits;
  /** Machine milliseconds between two self-checks. */
  checkEveryMs?: number;
  /** The pace of blinded entries: without one the log is not shown to the public. */
  pace?: PaceProfile;
}

export interface EvidencePlace {
  pool: Pool;
  numberer: Numberer;
  views: Views;
  fillers: FillerBook | undefined;
  /** Trade time. */
  clock: Clock;
  /** Tiles and checkpoint are written below it. */
  home: string;
  onFault: (error: unknown) => void;
}

const usualAnchorMs = 60_000;

export async function joinEvidence(wish: EvidenceWish, { home, views, fillers, ...place }: EvidencePlace): Promise<Evidence> {
  const { origin, keyFolder, witnesses, chain, batchMs, limits, checkEveryMs } = wish;
  await mkdir(keyFolder, { recursive: true, mode: 0o700 });
  const { pool, numberer } = place;
  const disclose = fillers && (async () => void ((await fillers.discloseDue(pool, views, machineRandom)) > 0 && (await numberer.settle())));
  return Evidence.open({
    ...place,
    ...(disclose && { disclose }),
    machineClock,
    random: machineRandom,
    origin,
    keyFolder,
    logFolder: logFolderIn(home),
    ...(batchMs !== undefined && { batchMs }),
    ...(witnesses && { witnesses }),
    ...(chain && { anchor: await anchorOf(chain, keyFolder) }),
    ...(limits && { limits }),
    ...(checkEveryMs !== undefined && { checkEveryMs }),
  });
}

/** The pace of a house's blinded events; undefined without a profile. */
export async function paceOf({ pace, keyFolder }: EvidenceWish, clock: Clock) {
  if (!pace) return undefined;
  const fillers = new FillerBook({ clock, secret: await FillerBook.secretIn(keyFolder, machineRandom) });
  return {
    fillers,
    fill: (...wish: Parameters<FillerBook["fill"]>) => fillers.fill(...wish),
    paceNow: (pool: Pool) => paceAt(pool, clock, pace),
  };
}

async function anchorOf({ chainId, rpcUrls, contract, isEmbedded, everyMs = usualAnchorMs }: ChainWish, keyFolder: string) {
  const access = { rpcUrls, chainId, secret: await senderSecret(keyFolder) };
  if (contract === undefined && !isEmbedded)
    throw new HouseError("configuration", "EGRET_CHAIN must name the contract of a consortium chain.");
  const held = contract === undefined ? AnchorContract.ownFirst(access) : new AnchorContract(access, contract);
  return { contract: held, chainId, required: false, everyMs, isEmbedded };
}

/** The key that sends anchors: made once, in the key folder. */
async function senderSecret(keyFolder: string): Promise<Hex> {
  const path = join(keyFolder, "chain-sender.key");
  if (!existsSync(path)) await writeDurable(path, hex(machineRandom.bytes(32)), 0o600);
  return `0x${readFileSync(path, "utf8").trim()}`;
}

/** Where the tiles of a platform's home are. */
export function logFolderIn(home: string): string {
  return join(home, "evidence-log");
}

/** The log's name: the host that people know, or the sandbox's. */
export function logOriginOf(origin: string | undefined): string {
  return `${origin === undefined ? "egret.localhost" : new URL(origin).host}/evidence`;
}

/** `{"k":3,"witnesses":[{"key":"name+id+key","url":"http://…"}]}`. @throws HouseError when a row is no witness. */
export function readWitnesses(path: string): WitnessesWish {
  const { k, witnesses } = JSON.parse(readFileSync(path, "utf8")) as { k: number; witnesses: { key: string; url: string }[] };
  const addresses = witnesses.map(({ key, url }) => ({ key: readVerifierKey(key), url }));
  const known = addresses.filter((address): address is WitnessAddress => address.key !== undefined && URL.canParse(address.url));
  // "1 ≤ k ≤ n" (evidence-v1 §5).
  if (known.length !== addresses.length || !Number.isInteger(k) || k < 1 || k > known.length)
    throw new HouseError("configuration", "EGRET_WITNESSES must hold keys and addresses of witnesses, and a k between 1 and their number.");
  return { addresses: known, k };
}
