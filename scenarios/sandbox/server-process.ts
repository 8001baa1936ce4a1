/** The server as a process of its own, started and ended with the sandbox; its standard input is the life line. */
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import type { Peer } from "../../formats/exchange/index.ts";

export interface ServerProcess {
  url: string;
  peer: Peer;
  /** Resolves with the exit code when it ends by itself; 128 + the number of the signal that ended it. */
  ended: Promise<number>;
  stop(): Promise<void>;
}

const program = join(resolve(import.meta.dirname, "../.."), "server/app/main.ts");
const flags = ["--disable-warning=ExperimentalWarning"];

/** The platform's public receipt key: the key keeper is started with it. */
export async function receiptKeyOf(environment: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [...flags, program, "receipt-key"], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  const code = await exitOf(child);
  if (code !== 0) throw new Error("the platform's keys could not be made");
  return said.trim();
}

export async function startServer(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...flags, program], {
    env: { ...environment, EGRET_CHILD: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = exitOf(child);
  const ready = await Promise.race([readyLine(child), ended.then((code) => Promise.reject(new ServerEnded(code)))]);
  return {
    ...ready,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The server said in plain words on standard error why it ended. */
export class ServerEnded extends Error {
  readonly code: number;
  constructor(code: number) {
    super("the server ended");
    this.code = code;
  }
}

function readyLine(child: ChildProcess): Promise<{ url: string; peer: Peer }> {
  let said = "";
  return new Promise((done) => {
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString();
      const line = said.split("\n").find((text) => text.startsWith('{"ready":'));
      if (line && said.includes("\n")) done((JSON.parse(line) as { ready: { url: string; peer: Peer } }).ready);
    });
  });
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((done) => child.once("exit", (code, signal) => done(code ?? 128 + constants.signals[signal as NodeJS.Signals])));
}
