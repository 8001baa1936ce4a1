/**
 * The server process: `npm start` and production begin here. It reads one configuration, opens the
 * database and the platform, and says where it listens as one JSON line for whoever started it.
 * `node server/app/main.ts receipt-key` prints the platform's public receipt key and ends: the key keeper needs it.
 */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Peer } from "../../formats/exchange/index.ts";
import { sandboxPace, usualPace } from "../evidence/index.ts";
import type { ConnectedSystem, Enrolment, TrustRow } from "../identity/index.ts";
import { machineClock, machineRandom } from "../runtime/clock/clock.ts";
import { armCrashPoint } from "../runtime/crash/crash-points.ts";
import { HouseError, houseErrorFrom, openDatabase } from "../runtime/database/index.ts";
import { type Config, readConfig } from "./config.ts";
import { type ChainWish, type EvidenceWish, logOriginOf, readWitnesses } from "./join-evidence.ts";
import { openPlatform } from "./open-platform.ts";
import { openKeyFolder } from "./platform-keys.ts";
import { SandboxClockFile } from "./sandbox-clock.ts";

try {
  const config = readConfig(process.env);
  await mkdir(config.home, { recursive: true });
  if (process.argv[2] === "receipt-key") await printReceiptKey(config);
  else await serve(config);
} catch (error) {
  console.error(houseErrorFrom(error)?.message ?? error);
  process.exit(1);
}

async function printReceiptKey({ home }: Config): Promise<void> {
  const { keys } = await openKeyFolder(join(home, "keys"), machineRandom);
  process.stdout.write(`${keys.receiptKey}\n`);
}

async function serve(config: Config): Promise<void> {
  if (config.crashAt) armCrashPoint(config.crashAt);
  if (!config.keeper)
    throw new HouseError("configuration", "Set EGRET_KEEPER_URL and EGRET_KEEPER_TOKEN: bids cannot be sealed without the key keeper.");
  const sandbox = config.mode === "sandbox" ? new SandboxClockFile(join(config.home, "clock.json"), config.sandboxStart) : undefined;
  const database = await openDatabase({ home: config.home, name: config.databaseName, url: config.databaseUrl });
  const platform = await openPlatform({
    ...config,
    home: join(config.home, "platform"),
    databaseUrl: database.url,
    keys: await openKeyFolder(join(config.home, "keys"), machineRandom),
    random: machineRandom,
    keeper: config.keeper,
    sandbox,
    outside: { peers: readJson<Peer[]>(config.peersFile) ?? [] },
    founder: readJson<Enrolment>(config.founderFile),
    trust: readJson<TrustRow[]>(config.trustFile),
    systems: readJson<ConnectedSystem[]>(config.systemsFile),
    evidence: evidenceOf(config),
    onFault: reportFault,
  });
  process.stdout.write(`${JSON.stringify({ ready: { url: platform.url, peer: platform.ownRow } })}\n`);
  endTogether(config, async () => {
    await platform.close();
    await database.close();
  });
  void database.lost.then((error) => {
    console.error(error.message);
    process.exit(1);
  });
}

function evidenceOf({ mode, home, origin, witnessesFile, chainFile, pace }: Config): EvidenceWish {
  const chain = readJson<ChainWish>(chainFile);
  return {
    origin: logOriginOf(origin),
    keyFolder: join(home, "keys"),
    pace: pace ? { quiet: pace, beforeDeadline: pace } : mode === "sandbox" ? sandboxPace : usualPace,
    ...(witnessesFile !== undefined && { witnesses: readWitnesses(witnessesFile) }),
    ...(chain && { chain }),
  };
}

function endTogether(config: Config, close: () => Promise<void>): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void close().finally(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  // Started by the sandbox, it ends with it, also by kill -9: its standard input is the life line.
  if (config.hasLifeLine) process.stdin.on("end", end).on("error", end).resume();
}

/** A loss of the database usually ends the process a moment later, with its one sentence: nothing is added to that. */
function reportFault(error: unknown): void {
  const known = houseErrorFrom(error);
  if (known) setTimeout(() => console.error(new Date(machineClock.now()).toISOString(), "fault", known.message), 1000).unref();
  else console.error(new Date(machineClock.now()).toISOString(), "fault", error);
}

function readJson<Value>(path: string | undefined): Value | undefined {
  return path ? (JSON.parse(readFileSync(path, "utf8")) as Value) : undefined;
}
