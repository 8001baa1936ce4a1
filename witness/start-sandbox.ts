/**
 * The witnesses of a sandbox: each a process of its own with its own folder, key and port. Whoever holds
 * the result drives their clocks. They all stand on one machine here, so that they show how witnessing
 * works and not that anybody independent looked: that needs other people, machines and keys.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { publicKeyOf } from "../formats/draw/ed25519.ts";
import { keyType, makePolicy, type VerifierKey } from "../formats/evidence/index.ts";
import { Memory } from "./memory.ts";

export interface SandboxWitnessesWish {
  /** One folder per witness is made below it. */
  home: string;
  /** Names in signature lines, for example `supervision.localhost/w2`. */
  names: readonly string[];
  k: number;
  /** The log's own key; its name is the origin. */
  logKey: VerifierKey;
  random: (bytes: number) => Uint8Array;
}

type ClockPush = { anchorReal: string; anchorVirtual: string; tempo: number };

export interface SandboxWitnesses {
  addresses: { key: VerifierKey; url: string }[];
  /** The same push as simulators get: `{anchorReal, anchorVirtual, tempo}`. Nothing is cosigned before the first. */
  setClock(push: ClockPush): Promise<void>;
  /** Kills one, for tests and shows. */
  kill(name: string): Promise<void>;
  /** Starts one again on its old port. */
  restart(name: string): Promise<void>;
  stop(): Promise<void>;
}

const program = join(import.meta.dirname, "main.ts");
const startMsMax = 20_000;

export async function startSandboxWitnesses(wish: SandboxWitnessesWish): Promise<SandboxWitnesses> {
  const { home, names, k, logKey, random } = wish;
  const homeOf = (name: string) => join(home, `witness-${names.indexOf(name) + 1}`);
  const keys = names.map((name) => ({ name, type: keyType.witness, publicKey: publicKeyOf(new Memory(homeOf(name)).secret(random)) }));
  const policy = join(home, "policy.json");
  writeFileSync(policy, JSON.stringify(makePolicy({ origin: logKey.name, logKeys: [logKey], witnesses: keys, k }, null)));
  const running = new Map<string, { child: ChildProcess; url: string }>();
  const start = async (name: string, port = "0") => void running.set(name, await startOne([name, homeOf(name), policy, port]));
  const urlOf = (name: string) => running.get(name)?.url ?? "";
  const isUp = (name: string) => {
    const child = running.get(name)?.child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  };
  const end = async (name: string, signal: NodeJS.Signals) => {
    const child = running.get(name)?.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  let last: ClockPush | undefined;
  // A witness that is away learns the time when it is back; the clock of the sandbox waits for none.
  const tellTime = async (name: string) => last && isUp(name) && pushClock(urlOf(name), homeOf(name), last).catch(() => undefined);
  const stop = async () => void (await Promise.all(names.map((name) => end(name, "SIGKILL"))));
  const started = await Promise.allSettled(names.map((name) => start(name)));
  const failed = started.find((one) => one.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return {
    addresses: keys.map((key) => ({ key, url: urlOf(key.name) })),
    async setClock(push) {
      last = push;
      await Promise.all(names.map(tellTime));
    },
    kill: (name) => end(name, "SIGKILL"),
    async restart(name) {
      await start(name, new URL(urlOf(name)).port);
      await tellTime(name);
    },
    stop,
  };
}

/** The process ends with its parent: its standard input is the life line. */
async function startOne([name, home, policy, port]: readonly [string, string, string, string]): Promise<{
  child: ChildProcess;
  url: string;
}> {
  const words = [program, "--home", home, "--name", name, "--policy", policy, "--port", port, "--sandbox"];
  const child = spawn(process.execPath, words, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, EGRET_CHILD: "1" } });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.removeListener("exit", kill));
  const [line] = (await Promise.race([
    once(createInterface(child.stdout as NodeJS.ReadableStream), "line", { signal: AbortSignal.timeout(startMsMax) }),
    once(child, "exit").then(([code]) => {
      throw new Error(`the witness ${name} ended with ${code}`);
    }),
  ])) as [string];
  return { child, url: JSON.parse(line).ready.url };
}

async function pushClock(url: string, home: string, push: ClockPush): Promise<void> {
  const authorization = `Bearer ${readFileSync(join(home, "token"), "utf8").trim()}`;
  const answer = await fetch(`${url}/sandbox/clock`, {
    method: "POST",
    headers: { authorization },
    body: JSON.stringify(push),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`${url} does not take the clock: ${answer.status}`);
}
