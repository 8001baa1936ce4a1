/** A sandbox of its own for one journey: fresh home, free port, started as a person would start it, ended with all its processes. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A running sandbox. */
export type SandboxRun = { readonly url: string; readonly stop: () => Promise<void> };

const repository = resolve(import.meta.dirname, "../..");
const builtWord = "沙箱城市已建成";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Resolves when the child has said that the city stands. @throws Error with its last words when it ends before. */
function cityOf(child: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((stands, fails) => {
    const hear = (piece: Buffer) => {
      said = (said + piece.toString()).slice(-4000);
      if (said.includes(builtWord)) stands();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => fails(new Error(`the sandbox ended with ${code}:\n${said}`)));
  });
}

/** Starts it and waits until the city is built. */
export async function startSandbox(): Promise<SandboxRun> {
  const home = await mkdtemp(join(tmpdir(), "egret-journey-"));
  const port = await freePort();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "tools/start.ts"], {
    cwd: repository,
    env: { ...process.env, EGRET_HOME: home, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await cityOf(child);
  const stop = async () => {
    const ended = new Promise((resolved) => child.once("exit", resolved));
    child.kill("SIGTERM");
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  return { url: `http://localhost:${port}`, stop };
}
