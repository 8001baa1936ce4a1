/**
 * The start of every simulator process: `node simulators/<name>/main.ts --home DIR [--port N]`. The only place
 * where a simulator reads the machine's clock and chance. It ends when the process that started it is gone.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hex } from "../../formats/bytes.ts";
import { type Machine, startSimulator } from "./simulator.ts";
import type { SystemDefinition } from "./system-definition.ts";

export const machine: Machine = { now: () => Date.now(), random: (length) => new Uint8Array(randomBytes(length)) };

export interface ProcessOptions {
  readonly home: string;
  readonly port: number;
  readonly token: string;
}

/** Arguments and control token of a simulator process; the token lies in the folder (0600) and is never an argument. */
export function processOptions(): ProcessOptions {
  const { values } = parseArgs({ options: { home: { type: "string" }, port: { type: "string", default: "0" } }, strict: false });
  if (typeof values.home !== "string") throw new Error("--home DIR is missing");
  mkdirSync(values.home, { recursive: true, mode: 0o700 });
  const path = join(values.home, "token");
  if (!existsSync(path)) writeFileSync(path, hex(machine.random(32)), { mode: 0o600 });
  return { home: values.home, port: Number(values.port), token: readFileSync(path, "utf8").trim() };
}

/** Says where it listens, as one JSON line, then ends with its parent: standard input closes when the parent dies. */
export function announce(ready: { url: string; peer?: unknown; stop: () => Promise<void> }): void {
  process.stdout.write(`${JSON.stringify({ ready: { url: ready.url, peer: ready.peer } })}\n`);
  const end = () => void ready.stop().finally(() => process.exit(0));
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  if (process.env.EGRET_CHILD === "1") process.stdin.on("end", end).on("error", end).resume();
}

export async function runSimulator<State, Effect>(definition: SystemDefinition<State, Effect>): Promise<void> {
  const options = processOptions();
  announce(await startSimulator(definition, { ...options, machine }));
}
