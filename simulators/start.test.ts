import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { p256 } from "@noble/curves/nist.js";
import { hex } from "../formats/bytes.ts";
import { type Simulators, startSimulators } from "./start.ts";

const home = mkdtempSync(join(tmpdir(), "egret-sims-"));
const receiptKey = hex(p256.getPublicKey(p256.utils.randomSecretKey(), true));
const clock = { anchorReal: "2026-11-25T00:00:00.000Z", anchorVirtual: "2026-11-23T01:47:00.000Z", tempo: 0 };
after(() => rmSync(home, { recursive: true }));

const folders = ["bank", "certificate-authority", "expert-pool", "messages", "wallet", "seal-office", "key-keeper"];
const isAlive = (pid: number) => existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(home);
const notedPids = () => folders.map((folder) => Number(readFileSync(join(home, folder, "process"), "utf8")));

async function untilDead(pids: readonly number[]): Promise<number[]> {
  for (let i = 0; i < 100 && pids.some(isAlive); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  return pids.filter(isAlive);
}

test("all start, know the time and one another, and make a person; then all end", async () => {
  const running: Simulators = await startSimulators({ home, receiptKey, clock, seed: 1 });
  const pids = notedPids();
  const state = (await running.control("bank", "state")) as { now: string; seed: number };
  assert.deepEqual([state.now, state.seed], ["2026-11-23T01:47:00.000Z", 1]);
  const person = await running.walletDoor("persons", { personId: "person-001", name: "许念" });
  assert.equal((person.certificates as unknown[]).length, 3);
  assert.deepEqual(
    running.peers.map(({ system }) => system),
    ["sim-bank", "sim-ca-a", "sim-pool", "sim-msg"],
  );
  await running.stop();
  assert.deepEqual(await untilDead(pids), []);
});

test("when the starter dies by kill -9 nobody is left, and the next start finds the same keys", async () => {
  const script = `import { startSimulators } from ${JSON.stringify(new URL("start.ts", import.meta.url).href)}; const s = await startSimulators(${JSON.stringify({ home, receiptKey, clock })}); console.log("up"); setInterval(() => s, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve) => starter.stdout.on("data", (data: Buffer) => data.toString().includes("up") && resolve()));
  const pids = notedPids();
  assert.ok(pids.every(isAlive));
  const before = readFileSync(join(home, "peers.json"), "utf8");
  starter.kill("SIGKILL");
  assert.deepEqual(await untilDead(pids), []);
  const running = await startSimulators({ home, receiptKey, clock });
  assert.deepEqual(
    running.peers.map(({ keys }) => keys),
    (JSON.parse(before) as { keys: unknown }[]).map(({ keys }) => keys),
  );
  assert.deepEqual(((await running.walletDoor("persons")) as { persons: string[] }).persons, ["person-001"]);
  await running.stop();
});
