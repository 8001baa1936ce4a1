/**
 * A process of the sandbox: started with its standard input as a life line, so that it ends when its parent does,
 * even by kill -9. What a parent left behind all the same is found by its note and ended first.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  stop(): Promise<void>;
}

const startMsMax = 20_000;
/** Each process of a city listens for our end, and a city has more of them than Node's ten before it warns of a leak. */
process.setMaxListeners(64);

/** @param program absolute path of the program; @throws Error when it does not say that it is ready. */
export async function startChild<Ready>(program: string, home: string, more: readonly string[] = []): Promise<Child<Ready>> {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  endLeftover(home);
  const child = spawn(process.execPath, [program, "--home", home, ...more], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, EGRET_CHILD: "1" },
  });
  writeFileSync(join(home, "process"), String(child.pid), { mode: 0o600 });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    const ready = await readyLine<Ready>(child, program);
    return { ready, pid: child.pid ?? 0, stop: () => end(child, gone, { home, kill }) };
  } catch (error) {
    await end(child, gone, { home, kill });
    throw error;
  }
}

function readyLine<Ready>(child: ChildProcess, program: string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = "";
    let complained = "";
    const timer = setTimeout(() => reject(new Error(`${program} did not start within ${startMsMax / 1_000} s. ${complained}`)), startMsMax);
    child.stderr?.on("data", (data: Buffer) => {
      complained = (complained + data.toString()).slice(-2_000);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}. ${complained}`)));
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString();
      const line = said.split("\n").find((text) => text.startsWith('{"ready":'));
      if (line === undefined || !said.includes("\n")) return;
      clearTimeout(timer);
      resolve((JSON.parse(line) as { ready: Ready }).ready);
    });
  });
}

async function end(child: ChildProcess, gone: Promise<void>, about: { home: string; kill: () => void }): Promise<void> {
  process.removeListener("exit", about.kill);
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    const timer = setTimeout(about.kill, 3_000);
    await gone;
    clearTimeout(timer);
  }
  rmSync(join(about.home, "process"), { force: true });
}

/** Ends a process only when its command line names this very folder: a number alone may belong to a stranger by now. */
function endLeftover(home: string): void {
  const note = join(home, "process");
  if (!existsSync(note)) return;
  const pid = Number(readFileSync(note, "utf8"));
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    if (pid > 1 && words[words.indexOf("--home") + 1] === home) process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already, or this machine has no /proc: then its life line has ended it.
  }
  rmSync(note, { force: true });
}
