/** One typed configuration, read once from the environment. Nothing else in the product reads `process.env`. */
import { join, resolve } from "node:path";
import type { Pace } from "../record/index.ts";
import { parseCrashPoint } from "../runtime/crash/crash-points.ts";
import { HouseError } from "../runtime/database/index.ts";

export interface Config {
  /** `sandbox`: virtual clock, simulators, choosing a person. `production` refuses all of these. */
  mode: "sandbox" | "production";
  /** Data of this machine: database, keys, files. */
  home: string;
  databaseUrl: string | undefined;
  databaseName: string;
  host: string;
  port: number;
  portal: string | undefined;
  keeper: { url: string; token: string } | undefined;
  /** Public rows of the outside systems (conventions §1), a JSON file. */
  peersFile: string | undefined;
  walletUrl: string | undefined;
  /** Where the seals of organisations are kept. */
  seals: { url: string; token: string } | undefined;
  clockFollower: string | undefined;
  /** Enrolment of the first registrar, a JSON file; used only while nobody is enrolled. */
  founderFile: string | undefined;
  /** The first trust list, a JSON file; used only at founding. Later versions are acts of two persons. */
  trustFile: string | undefined;
  /** Systems that use our sign-in, a JSON file. */
  systemsFile: string | undefined;
  /** Witnesses of the evidence log and how many must sign, a JSON file. Without it heads are not witnessed, and that is said. */
  witnessesFile: string | undefined;
  /** Sandbox only: another pace of blinded entries, `entries/milliseconds`. */
  pace: Pace | undefined;
  /** The chain on which heads are anchored, a JSON file. */
  chainFile: string | undefined;
  /** Where people reach us: `https://…`. A sandbox needs none. */
  origin: string | undefined;
  /** Started by another process whose end is ours too. */
  hasLifeLine: boolean;
  /** First instant of a new sandbox. */
  sandboxStart: string;
  /** A named place at which this process kills itself: for proofs of what a crash leaves behind. */
  crashAt: ReturnType<typeof parseCrashPoint>;
}

const repository = resolve(import.meta.dirname, "../..");

/** @throws HouseError with one plain sentence when a value cannot be used. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const mode = environment.EGRET_MODE ?? "sandbox";
  if (mode !== "sandbox" && mode !== "production") throw new HouseError("configuration", "EGRET_MODE must be sandbox or production.");
  const port = Number(environment.PORT ?? 8630);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new HouseError("configuration", "PORT must be a number between 0 and 65535.");
  const crashAt = environment.EGRET_CRASH_AT === undefined ? undefined : parseCrashPoint(environment.EGRET_CRASH_AT);
  if (environment.EGRET_CRASH_AT !== undefined && (crashAt === undefined || mode !== "sandbox"))
    throw new HouseError("configuration", "EGRET_CRASH_AT must name a crash point, and only a sandbox may have one.");
  const { EGRET_KEEPER_URL: keeperUrl, EGRET_KEEPER_TOKEN: keeperToken } = environment;
  const { EGRET_SEALS_URL: sealsUrl, EGRET_SEALS_TOKEN: sealsToken } = environment;
  return {
    mode,
    home: resolve(environment.EGRET_HOME ?? join(repository, ".egret")),
    databaseUrl: environment.DATABASE_URL,
    databaseName: environment.EGRET_DATABASE ?? "egret",
    host: environment.HOST ?? "127.0.0.1",
    port,
    portal: join(repository, "portal/dist"),
    keeper: keeperUrl && keeperToken ? { url: keeperUrl, token: keeperToken } : undefined,
    peersFile: environment.EGRET_PEERS,
    walletUrl: environment.EGRET_WALLET_URL,
    seals: sealsUrl && sealsToken ? { url: sealsUrl, token: sealsToken } : undefined,
    clockFollower: environment.EGRET_CLOCK_FOLLOWER,
    founderFile: environment.EGRET_FOUNDER,
    trustFile: environment.EGRET_TRUST,
    systemsFile: environment.EGRET_SYSTEMS,
    witnessesFile: environment.EGRET_WITNESSES,
    pace: environment.EGRET_PACE === undefined ? undefined : readPace(environment.EGRET_PACE, mode),
    chainFile: environment.EGRET_CHAIN,
    origin: environment.EGRET_ORIGIN,
    hasLifeLine: environment.EGRET_CHILD === "1",
    sandboxStart: environment.EGRET_SANDBOX_START ?? "2026-10-08T00:00:00.000Z",
    crashAt,
  };
}

function readPace(text: string, mode: Config["mode"]): Pace {
  const [, entries, everyMs] = /^([1-9][0-9]{0,2})\/([1-9][0-9]{1,4})$/.exec(text) ?? [];
  if (entries === undefined || everyMs === undefined || mode !== "sandbox")
    throw new HouseError("configuration", "EGRET_PACE must be entries/milliseconds, such as 4/100, and only a sandbox may have one.");
  return { entries: Number(entries), everyMs: Number(everyMs) };
}
